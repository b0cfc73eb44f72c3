import type { Step } from '../local-oz/script';

/** A conversation that has each payload in every member that a conversation shows. */
export function hostileSteps(payloads: readonly string[]): Step[] {
  return payloads.map((payload, at) => hostileStep(payload, at));
}

function hostileStep(payload: string, at: number): Step {
  const line = payload.replaceAll('\n', ' ');
  let count = 0;
  const pair = (category: string, name: string, input: object, output: object, state = 'completed'): object[] => {
    const id = `a${at}-${++count}`;
    return [
      { type: 'action', id, category, name, input },
      { type: 'action_result', action_id: id, category, name, state, output },
    ];
  };
  const diff = `--- a/${line}\n+++ b/${line}\n@@ -1,1 +1,1 @@\n-${line}\n+${line}\n`;
  const actions = [
    ...pair('command', 'run_command', { command: payload }, { output: payload, exit_code: 1 }, 'failed'),
    ...pair('files', 'edit_files', { title: payload, file_paths: [line] }, { diff }),
    ...pair('files', 'read_files', { files: [{ path: line }] }, { files: [{ path: line, content: payload }] }),
    ...pair('search', 'grep', { queries: [payload], path: line }, { files: [{ path: line }] }),
    ...pair(
      'integration',
      payload,
      { server: payload, name: payload, input: { [payload]: payload } },
      { result: { content: [{ type: 'text', text: payload }] } },
    ),
    ...pair('documents', 'create_documents', { title: payload, content: payload }, {}),
    ...pair('review', 'insert_review_comments', { comments: [{ path: line, line: 1, body: payload }] }, {}),
    ...pair('skill', 'read_skill', { skill_path: payload }, { content: payload }),
    ...pair('computer', 'use_computer', { action_summary: payload }, { error: payload }, 'denied'),
  ];
  const events = [
    { type: 'event', name: payload, data: { message: payload, [payload]: payload } },
    { type: 'event', name: 'update_todos', data: { todo_list: [{ title: payload, description: payload }] } },
  ];
  const say = (role: string, content: object[]): object => ({ role, message_ids: [`m${at}-${++count}`], content });
  return {
    id: `s${at}`,
    description: payload,
    summary: payload,
    messages: [
      say('user', [{ type: 'text', text: payload }]),
      say('assistant', [{ type: 'text', text: payload }, ...actions]),
      say('system', events),
    ],
    steps: [],
  } as unknown as Step;
}
