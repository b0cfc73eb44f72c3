import { visibleText } from '../platform/plainText';
import { textOf, type ViewNode } from './viewNodes';

/** The address as it will be opened, if it is one that text from outside may lead to: http, https or mailto. */
export function allowedUrl(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const known = url.protocol === 'https:' || url.protocol === 'http:' || url.protocol === 'mailto:';
  // A user name before the host is there to make the host look like another.
  return known && url.username === '' && url.password === '' ? url.href : undefined;
}

/** A link that the page can ask the host to follow, or its text where it leads nowhere that is allowed. */
export function linkNodes(href: string, children: ViewNode[], options: { link: (url: string) => number }): ViewNode[] {
  const url = allowedUrl(href);
  if (url === undefined) {
    return children;
  }
  const target = visibleText(url);
  const text = children.map(textOf).join('').trim();
  const differs = text !== url && `${text}/` !== url;
  const link: ViewNode = [
    'a',
    {
      role: 'link',
      does: 'link',
      item: options.link(url),
      tab: 0,
      target,
      ...(differs ? { description: target } : {}),
    },
    ...children,
  ];
  return differs && looksLikeAnotherHost(text, url) ? [link, ['span', 'host', ` (${new URL(url).host})`]] : [link];
}

/** The text reads as an address, but of another host than the one it leads to. */
function looksLikeAnotherHost(text: string, url: string): boolean {
  const named = /^(?:[a-z]+:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?$/i.exec(text)?.[1];
  const { hostname } = new URL(url);
  // A mail address has no host: where it leads is shown while it is pointed at.
  return named !== undefined && hostname !== '' && named.toLowerCase() !== hostname;
}
