import type { Step } from '../local-oz/script';
import type { Run } from '../local-oz/state';

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
    ...pair(
      'files',
      'upload_artifact',
      { path: line, description: payload },
      { artifact_uid: payload, filepath: line },
    ),
    ...pair('search', 'web_fetch', { url: payload }, { title: payload, content: payload }),
    ...pair(
      'integration',
      'read_mcp_resource',
      { name: payload, uri: payload },
      { resource_contents: [{ text: payload }] },
    ),
    ...pair('integration', 'start_agent', { name: payload, prompt: payload }, { run_id: payload }),
    ...pair(
      'integration',
      'ask_user_question',
      { questions: [{ question: payload, options: [{ label: payload }] }] },
      { answers: [payload] },
    ),
    ...pair('integration', payload, { [payload]: payload }, { [payload]: payload }),
  ];
  const events = [
    { type: 'event', name: payload, data: { message: payload, [payload]: payload } },
    { type: 'event', name: 'update_todos', data: { todo_list: [{ title: payload, description: payload }] } },
    { type: 'event', name: 'tool_error', data: { error: payload } },
    { type: 'event', name: 'agent_reasoning', data: { text: payload } },
    { type: 'event', name: 'artifact_created', data: { artifact_type: payload, title: payload, url: payload } },
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

/** What a run tells of itself, with a payload in every member that is text; each artifact has one of its own. */
export function hostileRun(payloads: readonly string[]): Partial<Run> {
  const [payload = ''] = payloads;
  const kinds = [
    (text: string) => ({ artifact_type: 'PLAN', data: { document_uid: text, title: text } }),
    (text: string) => ({
      artifact_type: 'PULL_REQUEST',
      data: { url: `https://ok.example/${encodeURIComponent(text)}`, branch: text },
    }),
    (text: string) => ({
      artifact_type: 'FILE',
      data: { artifact_uid: 'none', filepath: text, filename: text, mime_type: text, description: text, title: text },
    }),
    (text: string) => ({
      artifact_type: 'EXTERNAL_REFERENCE',
      data: { reference_type: text, url: 'https://ok.example/', title: text },
    }),
  ];
  const artifacts = payloads.map((text, at) => ({
    ...kinds[at % kinds.length]?.(text),
    created_at: '2026-11-22T08:00:00Z',
  }));
  const person = { type: 'user', uid: payload, display_name: payload, email: payload };
  return {
    prompt: payload,
    status_message: { message: payloads.slice(0, 40).join('\n') },
    creator: person,
    agent_config: { name: payload, model_id: payload, base_prompt: payload, worker_host: payload },
    agent_skill: { name: payload, description: payload, full_path: payload },
    artifacts,
  } as unknown as Partial<Run>;
}
