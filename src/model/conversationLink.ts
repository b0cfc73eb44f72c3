/** What a text leads to. Of a link nothing but the id in it is ever used. */
export type ConversationLink =
  /** `any`: an id alone does not say what it is of. */
  { kind: 'run' | 'conversation' | 'session' | 'any'; id: string } | NoLink;

export interface NoLink {
  kind: 'none';
  /**
   * `empty`: nothing was typed; `text`: neither an id nor an address; `host`: an address of somebody else; `page`: a page of
   * the service's that is of no run, conversation or session.
   */
  why: 'empty' | 'text' | 'host' | 'page';
  /** Whose address it is, with `host`. */
  host?: string;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** The page of a run, conversation or session, or the API's address of one, with what it may say of it below. */
const page = /\/(runs|conversations?|sessions?)\/([^/]+)(?:\/(?:conversation|transcript|redirect))?\/?$/;
const kinds: Partial<Record<string, 'run' | 'conversation' | 'session'>> = {
  runs: 'run',
  conversation: 'conversation',
  conversations: 'conversation',
  session: 'session',
  sessions: 'session',
};
/** What texts put around a link: quotes, brackets, and what ends a sentence. */
const around = /^[\s<([{'"`“‘«]+|[\s>)\]}'"`”’».,;:!]+$/g;
const markdownLink = /^\[[^\]]*\]\((\S+?)\)$/;
/** Characters of a text that may be a link. */
const mostText = 4000;
/** Ids are short and have nothing that is not seen. */
const id = /^[^\s\p{C}]{1,200}$/u;

/**
 * Tells what a typed or pasted text leads to: an id, or the address of a page of the service's or of its API.
 * @param own addresses of the service, as the settings have them: links to other hosts are not taken
 */
export function readLink(text: string, own: readonly string[]): ConversationLink {
  const trimmed = text.trim();
  if (trimmed.length > mostText) {
    return { kind: 'none', why: 'text' };
  }
  const wanted = (markdownLink.exec(trimmed)?.[1] ?? trimmed).replace(around, '');
  if (wanted === '') {
    return { kind: 'none', why: trimmed === '' ? 'empty' : 'text' };
  }
  if (uuid.test(wanted)) {
    return { kind: 'any', id: wanted };
  }
  const hosts = new Set(own.map((address) => webAddress(address)?.host));
  const url = webAddress(wanted) ?? schemeless(wanted, hosts);
  if (!url) {
    return { kind: 'none', why: 'text' };
  }
  if (!hosts.has(url.host) || url.username !== '' || url.password !== '') {
    return { kind: 'none', why: 'host', host: url.host };
  }
  return pageAt(url) ?? { kind: 'none', why: 'page' };
}

/** The id of the run that a text names in full, by its id or by the address of its page; undefined for other texts. */
export function runIdIn(text: string): string | undefined {
  const wanted = text.trim();
  if (uuid.test(wanted)) {
    return wanted;
  }
  const url = webAddress(wanted);
  const found = url && pageAt(url);
  return found?.kind === 'run' ? found.id : undefined;
}

function webAddress(text: string): URL | undefined {
  return /^https?:/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

/** An address as browsers show it. Only the service's own: any other text with a slash might be meant as one. */
function schemeless(text: string, hosts: ReadonlySet<string | undefined>): URL | undefined {
  const url = webAddress(`https://${text}`);
  return url && hosts.has(url.host) ? url : undefined;
}

function pageAt({ pathname }: URL): Exclude<ConversationLink, NoLink> | undefined {
  const [, name = '', written = ''] = page.exec(pathname) ?? [];
  const kind = kinds[name];
  const named = decoded(written);
  return kind && named !== undefined && id.test(named) ? { kind, id: named } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
