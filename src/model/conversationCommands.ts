import { asNumber, asRecord, firstText, type JsonRecord } from '../oz/json';
import type { ActionBlock } from './conversation';

/** What an action did in a terminal. */
export interface CommandView {
  kind: 'command';
  /** A command was run; something was typed into one that runs, or what it printed was read; a person took it over. */
  verb: 'run' | 'type' | 'read' | 'handOver';
  /** The command, what was typed, or the number of the command that it is about. */
  command: string;
  exitCode?: number;
  output: string;
  /** The command had not ended when the result was written: the output is what it had printed by then. */
  goesOn: boolean;
}

const snapshotKeys = ['snapshot', 'long_running_command_snapshot', 'long_running_snapshot', 'long_running'];

export function commandView({ category, name, input, output }: ActionBlock): CommandView | undefined {
  const about = aboutCommand(category, name, input, output);
  if (!about) {
    return undefined;
  }
  const snapshot = snapshotKeys.map((key) => asRecord(output[key])).find((record) => record !== undefined);
  const parts = [
    firstText(output, 'output', 'stdout', 'text', 'snapshot', 'result') ??
      firstText(snapshot, 'output', 'text', 'content'),
    firstText(output, 'stderr'),
  ];
  const exitCode = asNumber(output.exit_code) ?? asNumber(output.exitCode);
  const status = firstText(output, 'status')?.toLowerCase();
  return {
    kind: 'command',
    ...about,
    exitCode,
    output: parts.filter((part) => part !== undefined).join('\n'),
    goesOn: exitCode === undefined && (snapshot !== undefined || status === 'running' || output.is_running === true),
  };
}

function aboutCommand(
  category: string,
  name: string,
  input: JsonRecord,
  output: JsonRecord,
): Pick<CommandView, 'verb' | 'command'> | undefined {
  const command = firstText(input, 'command', 'cmd', 'script');
  if (command !== undefined) {
    return { verb: 'run', command };
  }
  if (category !== 'command') {
    const ran = firstText(output, 'command');
    return ran === undefined ? undefined : { verb: 'run', command: ran };
  }
  const typed = firstText(input, 'input', 'text', 'keys');
  if (typed !== undefined) {
    return { verb: 'type', command: typed };
  }
  const which = firstText(output, 'command') ?? firstText(input, 'command_id', 'id');
  if (/transfer|hand/i.test(name)) {
    return { verb: 'handOver', command: which ?? '' };
  }
  return which === undefined ? undefined : { verb: /read|output|wait/i.test(name) ? 'read' : 'run', command: which };
}
