import { launchBody } from '../oz/launchBody';
import type { LaunchRequest } from '../oz/types';

/** What a preview shows in place of what it hides. */
export interface PreviewWords {
  secret: string;
  /** Of so many bytes. */
  data: (bytes: number) => string;
}

export interface LaunchPreview {
  /** The body, byte for byte, but for what is hidden. */
  json: string;
  /** What it hides, by the names and numbers that lead there. */
  hidden: readonly { path: readonly string[]; value: string }[];
}

/** The body of a launch for a person to read: the bytes of attachments and what may be secrets of MCP servers are hidden. */
export function launchPreview(request: LaunchRequest, words: PreviewWords): LaunchPreview {
  const hidden: { path: string[]; value: string }[] = [];
  const hide = (path: string[], value: string, shown: string): string => {
    hidden.push({ path, value });
    return shown;
  };
  const { attachments, config } = request;
  const shown = {
    ...request,
    ...(config?.mcp_servers && {
      config: {
        ...config,
        mcp_servers: mapped(config.mcp_servers, (server, name) => {
          const at = ['config', 'mcp_servers', name];
          const masked = (member: 'env' | 'headers'): object => {
            const mask = (value: string, key: string): string => hide([...at, member, key], value, words.secret);
            return server[member] ? { [member]: mapped(server[member], mask) } : {};
          };
          return { ...server, ...masked('env'), ...masked('headers') };
        }),
      },
    }),
    ...(attachments && {
      attachments: attachments.map((one, index) => ({
        ...one,
        data: hide(['attachments', String(index), 'data'], one.data, words.data(bytesOf(one.data))),
      })),
    }),
  };
  return { json: launchBody(shown), hidden };
}

function mapped<T, U>(members: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value, name)]));
}

/** How many bytes a text of base64 stands for. */
function bytesOf(base64: string): number {
  return Math.floor((base64.replace(/={1,2}$/, '').length * 3) / 4);
}
