import * as vscode from 'vscode';
import { ApiProblem } from '../oz/problems';
import type { ApiKey } from '../platform/apiKey';
import { problemWords } from '../platform/problemWords';
import { product } from '../product';

export interface SetApiKeyDeps {
  apiKey: Pick<ApiKey, 'store'>;
  /** Asks the service with this key. Throws ApiProblem when the service refuses it or does not answer. */
  check: (key: string, signal: AbortSignal) => Promise<void>;
  baseUrl: () => string;
}

/** Asks for a key until the service takes one, then stores it. What was typed stays in the box until then. */
export async function setApiKey({ apiKey, check, baseUrl }: SetApiKeyDeps): Promise<void> {
  const { t } = vscode.l10n;
  const getKey = { iconPath: new vscode.ThemeIcon('link-external'), tooltip: t('Get an API key in the web app') };
  const openSettings = { iconPath: new vscode.ThemeIcon('gear'), tooltip: t('Open the settings of the service') };
  const box = vscode.window.createInputBox();
  box.title = t('Set API Key');
  const showHost = (): void => {
    box.prompt = t('It is kept in the secret storage of VS Code and sent to {0} only.', hostOf(baseUrl()));
  };
  showHost();
  // The box stays while a person corrects the base URL: it must not name the old one.
  const subscription = vscode.workspace.onDidChangeConfiguration(showHost);
  box.placeholder = `${product.keyPrefix}…`;
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = [getKey];

  const gone = new AbortController();
  const isStored = await new Promise<boolean>((resolve, reject) => {
    const accept = async (): Promise<void> => {
      const key = box.value.trim();
      const complaint = complaintAbout(key);
      if (complaint || !box.enabled) {
        box.validationMessage = complaint;
        return;
      }
      box.validationMessage = undefined;
      box.enabled = false;
      box.busy = true;
      const problem = await problemOf(check(key, gone.signal));
      if (gone.signal.aborted) {
        return;
      }
      if (!problem) {
        await apiKey.store(key);
        resolve(true);
        return;
      }
      box.busy = false;
      box.enabled = true;
      box.buttons = refusalWords(problem) ? [getKey] : [openSettings, getKey];
      box.validationMessage = refusalWords(problem) ?? t('{0} Press Enter to try again.', problemWords(problem));
    };
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => {
      accept().catch(reject);
    });
    box.onDidTriggerButton((button) => {
      void vscode.commands.executeCommand(
        button === openSettings ? 'agentRuns.openServiceSettings' : 'agentRuns.openKeyPage',
      );
    });
    box.onDidHide(() => {
      gone.abort();
      resolve(false);
    });
    box.show();
  }).finally(() => {
    subscription.dispose();
    box.dispose();
  });
  if (isStored) {
    void vscode.window.showInformationMessage(t('Signed in to {0}.', product.service));
  }
}

/** What is plainly no key: it could not even be sent. */
function complaintAbout(key: string): string | undefined {
  if (!key) {
    return vscode.l10n.t('Paste an API key.');
  }
  return /^[!-~]+$/.test(key)
    ? undefined
    : vscode.l10n.t('An API key has no spaces and only plain letters and digits.');
}

/** What to say when it is the key that is wrong; another one helps, not another try. */
function refusalWords(problem: ApiProblem): string | undefined {
  switch (problem.kind) {
    case 'keyRefused':
      return vscode.l10n.t('{0} does not accept this key. Check that you copied all of it.', product.service);
    case 'forbidden':
      return problemWords(problem);
    default:
      return undefined;
  }
}

/** The problem that keeps the key from being used; GitHub that is not connected yet does not. */
async function problemOf(checked: Promise<void>): Promise<ApiProblem | undefined> {
  try {
    await checked;
    return undefined;
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
    return error.kind === 'externalAuth' ? undefined : error;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
