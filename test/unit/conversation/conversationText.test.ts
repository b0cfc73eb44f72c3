import assert from 'node:assert/strict';
import { readText, type TextDeps } from '../../../src/conversation/conversationText';
import { ApiProblem } from '../../../src/oz/problems';
import type { Conversation, Run } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { context, makeRun, runId, talk } from './samples';

function depsFor(read: () => Promise<unknown>): TextDeps & { open: () => number } {
  let open = 0;
  const hold = () => {
    open++;
    return { dispose: () => open-- };
  };
  return {
    clock: new FakeClock(),
    log: { error: () => undefined },
    context: context(),
    pageUrl: ({ runId: id, conversationId }) => `https://oz.example/${id ?? conversationId}`,
    client: {
      getRun: () => Promise.resolve(makeRun()),
      getRunConversation: () => read() as Promise<Conversation>,
      getConversation: () => read() as Promise<Conversation>,
    },
    runs: {
      get: () => makeRun(),
      put: () => undefined,
      follow: hold,
      look: hold,
      onDidChange: hold,
      status: { kind: 'ready' },
      onDidChangeStatus: hold,
    },
    open: () => open,
  };
}

describe('a conversation as one text', () => {
  const { signal } = new AbortController();

  it('is Markdown with the run at its head', async () => {
    const { text, run } = await readText(
      { runId },
      'markdown',
      depsFor(() => Promise.resolve(talk(4))),
      signal,
    );
    assert.equal(run?.run_id, runId);
    assert.match(text, /^# Fix the cart\n/);
    assert.match(text, new RegExp(`<https://oz\\.example/${runId}>`));
  });

  it('begins with what the run came to, unless that is a few lines below', async () => {
    const write = async (messages: number, state: Run['state']): Promise<string> => {
      const deps = depsFor(() => Promise.resolve(talk(messages)));
      const runs = { ...deps.runs, get: () => makeRun({ state }) };
      return (await readText({ runId }, 'markdown', { ...deps, runs }, signal)).text;
    };
    const long = await write(41, 'SUCCEEDED');
    const [head = '', outcome = '', first = ''] = long.split(/^## /m);
    assert.match(head, /^# Fix the cart\n/);
    assert.match(outcome, /^Outcome\n/);
    const said = outcome.slice('Outcome'.length).trim();
    assert.ok(said !== '' && long.indexOf(said) < long.lastIndexOf(said));
    assert.ok(!first.includes(said));
    for (const text of [await write(3, 'SUCCEEDED'), await write(41, 'INPROGRESS')]) {
      assert.doesNotMatch(text, /^## Outcome/m);
    }
  });

  it('is JSON with everything that the service sent', async () => {
    const answer = { ...(talk(4) as object), newer_member: { deep: [1, { two: null }] } };
    const { text } = await readText(
      { runId },
      'json',
      depsFor(() => Promise.resolve(answer)),
      signal,
    );
    assert.deepEqual(JSON.parse(text), {
      url: `https://oz.example/${runId}`,
      run: JSON.parse(JSON.stringify(makeRun())) as unknown,
      conversation: answer,
    });
  });

  it('has none of the secrets that the servers of a run are called with', async () => {
    const server = { command: 'npx', args: ['tool'], env: { TOKEN: 'canary' }, headers: { Authorization: 'canary' } };
    const run = makeRun({ agent_config: { model_id: 'auto', mcp_servers: { tracker: server } } });
    const deps = depsFor(() => Promise.resolve(talk(2)));
    const { text } = await readText({ runId }, 'json', { ...deps, runs: { ...deps.runs, get: () => run } }, signal);
    assert.ok(text.includes('tracker') && text.includes('npx') && text.includes('auto'));
    assert.ok(!text.includes('canary'));
  });

  it('can be of a conversation without a run', async () => {
    const deps = depsFor(() => Promise.resolve(talk(2)));
    const { text, run } = await readText({ conversationId: 'c1' }, 'markdown', deps, signal);
    assert.equal(run, undefined);
    assert.match(text, /<https:\/\/oz\.example\/c1>/);
  });

  it('is refused with what went wrong, and follows nothing afterwards', async () => {
    const problem = new ApiProblem({ kind: 'unsupported', message: '', retryable: false });
    const deps = depsFor(() => Promise.reject(problem));
    await assert.rejects(readText({ runId }, 'json', deps, signal), (error) => error === problem);
    assert.equal(deps.open(), 0);
  });

  it('ends when nobody wants it any more', async () => {
    const stop = new AbortController();
    const deps = depsFor(() => new Promise(() => undefined));
    const reading = readText({ runId }, 'markdown', deps, stop.signal);
    await settle();
    assert.ok(deps.open() > 0);
    stop.abort(new Error('enough'));
    await settle();
    assert.equal(deps.open(), 0);
    void reading.catch(() => undefined);
  });
});
