import * as vscode from 'vscode';
import { isCertificateCode } from '../oz/network';
import { type ErrorCode, isErrorCode } from '../model/errorHelp';
import type { ApiProblem, ProblemFacts, ProblemKind } from '../oz/problems';
import { product } from '../product';
import { errorSentence } from './errorWords';
import { plain } from './plainText';
import { duration } from './words';

const { t } = vscode.l10n;

/** What happened and what a person can do, in one or two sentences. The service's own words come last, made safe. */
export function problemWords(problem: ApiProblem): string {
  const { service } = product;
  const { code, message } = problem.facts;
  switch (problem.kind) {
    case 'noKey':
      return code === 'key_unreadable'
        ? t('The API key could not be read from the secret storage of VS Code: try again, or set it anew.')
        : t('There is no API key for {0} yet: set one to go on.', service);
    case 'unreachable':
      return t('{0} cannot be reached: {1}.', service, unreachableWord(problem));
    case 'timeout':
      return t('{0} did not answer in time: try again in a moment.', service);
    case 'aborted':
      return t('That was cancelled before {0} answered.', service);
    case 'notOz':
      return withDetail(t('What answers at the base URL does not speak as {0}: check the setting.', service), message);
    case 'keyRefused':
      return answerWords(problem.kind, problem.facts);
    case 'externalAuth': {
      const repos = problem.facts.inaccessibleRepos ?? [];
      return repos.length > 0
        ? t('{0} has no access to {1}: connect the account there.', service, plain(repos.join(', '), 120))
        : withDetail(answerWords(problem.kind, problem.facts), message);
    }
    case 'rateLimited':
    case 'invalid':
    case 'forbidden':
    case 'notFound':
    case 'conflict':
    case 'unsupported':
    case 'server':
      return withDetail(answerWords(problem.kind, problem.facts), message);
    case 'outcomeUnknown':
      return t('The answer to the launch was lost: look for the run before you launch it again.');
  }
}

/** The code whose words fit an answer that has none, or one that is not known yet. */
const codeOfKind = {
  invalid: 'invalid_request',
  keyRefused: 'authentication_required',
  externalAuth: 'external_authentication_required',
  forbidden: 'not_authorized',
  notFound: 'resource_not_found',
  conflict: 'conflict',
  unsupported: 'operation_not_supported',
  rateLimited: 'resource_unavailable',
  server: 'internal_error',
} as const satisfies Partial<Record<ProblemKind, ErrorCode>>;

/** What an error answer means, by its code, else by its kind. */
function answerWords(kind: keyof typeof codeOfKind, { code, retryAfter }: ProblemFacts): string {
  const meaning = isErrorCode(code) ? code : codeOfKind[kind];
  return meaning === 'resource_unavailable' && retryAfter !== undefined
    ? t('{0} has too much to do: try again in {1}.', product.service, duration(retryAfter))
    : errorSentence(meaning);
}

/** The cause in a few words, for a line that has no room for a sentence. */
export function causeWord(problem: ApiProblem): string {
  const { status } = problem.facts;
  switch (problem.kind) {
    case 'unreachable':
      return unreachableWord(problem);
    case 'timeout':
      return t('no answer in time');
    case 'rateLimited':
      return t('too many requests');
    case 'keyRefused':
      return t('key refused');
    case 'noKey':
      return t('no key');
    case 'notOz':
      return t('not {0}', product.service);
    default:
      return status === undefined ? t('failed') : t('error {0}', status);
  }
}

function unreachableWord({ facts: { code = '', status } }: ApiProblem): string {
  if (status === 407 || /PROXY|TUNNEL/.test(code)) {
    return t('the proxy does not let it through');
  }
  if (isCertificateCode(code)) {
    return t('its certificate is not trusted ({0})', plain(code, 60));
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ERR_NAME_NOT_RESOLVED':
      return t('its name was not found');
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTUNREACH':
    case 'ERR_INTERNET_DISCONNECTED':
    case 'ERR_ADDRESS_UNREACHABLE':
      return t('there is no network');
    case 'ECONNREFUSED':
    case 'ERR_CONNECTION_REFUSED':
      return t('the connection was refused');
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'ERR_CONNECTION_RESET':
    case 'ERR_CONNECTION_CLOSED':
      return t('the connection broke off');
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ERR_CONNECTION_TIMED_OUT':
    case 'ERR_TIMED_OUT':
      return t('the connection took too long');
    default:
      return code ? t('the connection failed ({0})', plain(code, 60)) : t('the connection failed');
  }
}

function withDetail(sentence: string, message: string): string {
  const detail = plain(message, 200);
  return detail ? t('{0} {1} says: “{2}”', sentence, product.service, detail) : sentence;
}
