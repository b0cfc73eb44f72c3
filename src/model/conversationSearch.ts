import { asList, asNumber, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { ActionBlock } from './conversation';
import { linesOf, pathOf, type FileReference } from './conversationFiles';

export interface SearchView {
  kind: 'search';
  queries: string[];
  /** Empty for the folder that everything is in. */
  where: string;
  /** Files or places; undefined when the result does not list them. */
  found?: number;
  /** Lines that fit in those files, where they are listed. */
  hits?: number;
}

/** What was looked for in the web, or the pages that were read. */
export interface WebView {
  kind: 'web';
  verb: 'search' | 'read';
  about: string[];
  found?: number;
}

export function searchView({ input, output }: ActionBlock): SearchView | undefined {
  const many = ['queries', 'patterns'].flatMap((key) => textsOf(input[key]));
  const one = firstText(input, 'query', 'pattern', 'regex', 'glob');
  const queries = one === undefined ? many : [one, ...many];
  if (queries.length === 0) {
    return undefined;
  }
  const hits = asList(output.matched_files).reduce<number>(
    (sum, file) => sum + asList(asRecord(file)?.matched_lines).length,
    0,
  );
  return {
    kind: 'search',
    queries,
    where: placeOf(firstText(input, 'path', 'search_dir', 'codebase_path', 'codebase', 'directory')),
    found: resultsOf(output)?.length,
    ...(hits > 0 ? { hits } : {}),
  };
}

/** Reads actions and events that are about the web by what they are called or by the addresses in them. */
export function webView({ name, input, output }: Pick<ActionBlock, 'name' | 'input' | 'output'>): WebView | undefined {
  const urls = [firstText(input, 'url'), ...textsOf(input.urls)].filter((url) => url !== undefined);
  const query = firstText(input, 'query') ?? textsOf(input.queries)[0];
  if (/web|internet|url|fetch|browse/i.test(name) && urls.length > 0) {
    return { kind: 'web', verb: 'read', about: urls };
  }
  return /web|internet|google/i.test(name) && query !== undefined
    ? { kind: 'web', verb: 'search', about: [query], found: resultsOf(output)?.length }
    : undefined;
}

function textsOf(value: unknown): string[] {
  return asList(value).flatMap((item) => asText(item) ?? firstText(asRecord(item), 'url', 'query') ?? []);
}

function placeOf(path = ''): string {
  return path === '.' || path === './' ? '' : path;
}

/** The files or places that a search found, or undefined when it does not list them. */
export function searchResults(output: JsonRecord): FileReference[] | undefined {
  return resultsOf(output)?.flatMap((item) => {
    const record = asRecord(item);
    const path = pathOf(item) ?? firstText(record, 'title', 'url');
    const line = asNumber(record?.line) ?? asNumber(record?.line_number);
    return path === undefined ? [] : [{ path, lines: line === undefined ? linesOf(record ?? {}) : `${line}` }];
  });
}

function resultsOf(output: JsonRecord): unknown[] | undefined {
  const key = ['files', 'matched_files', 'matches', 'results', 'pages'].find((name) => Array.isArray(output[name]));
  return key === undefined ? undefined : asList(output[key]);
}
