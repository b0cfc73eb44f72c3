import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Links } from '../../../src/conversation/links';
import { renderTop } from '../../../src/conversation/renderTop';
import type { TopFacts } from '../../../src/conversation/topFacts';
import { toHtml } from '../../../src/conversation/viewHtml';
import { textOf, type ViewElement } from '../../../src/conversation/viewNodes';
import { type MessageEntry, readConversation, waitingActions } from '../../../src/model/conversation';
import { ApiProblem, type ProblemFacts, type ProblemKind } from '../../../src/oz/problems';
import type { Run } from '../../../src/oz/types';
import { action, answer, context, makeRun, message, runId, step, text } from './samples';
import { commandsIn, elements } from './viewTree';

const states = ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS', 'BLOCKED', 'SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED'];

type Members = Record<string, unknown>;

function top(members: Members | undefined, facts: Partial<TopFacts> = {}, links = new Links()) {
  const run = members && makeRun(members);
  const known = { source: { runId }, run, environment: '', now: 0, reading: 'good', entries: 3 } as const;
  return renderTop({ ...known, ...facts }, context(links));
}

function shown(node: ViewElement | null): string {
  assert.ok(node);
  return textOf(node);
}

describe('the outcome above a conversation', () => {
  const { entries } = readConversation(answer(step([message('assistant', 1, text('All done'))])), 'unanswered');
  const final = entries.find((entry): entry is MessageEntry => entry.kind === 'message');
  const said = { final };

  it('begins with the final message once the run is over', () => {
    assert.match(shown(top({}, said).outcome), /All done/);
    assert.equal(top({ state: 'INPROGRESS' }, said).outcome, null);
  });

  it('has what the service says, then what the code means, and offers what helps', () => {
    const helps: Record<string, string> = {
      insufficient_credits: 'topUp',
      budget_exceeded: 'topUp',
      feature_not_available: 'topUp',
      external_authentication_required: 'connectGitHub',
      integration_disabled: 'connectGitHub',
      authentication_required: 'setKey',
      environment_setup_failed: 'openEnvironment',
      resource_unavailable: 'runAgain',
      internal_error: 'runAgain',
      content_policy_violation: 'openBrowser',
      not_known_yet: 'openBrowser',
    };
    for (const [code, command] of Object.entries(helps)) {
      for (const state of ['FAILED', 'ERROR']) {
        const { outcome } = top({ state, status_message: { message: 'No such image', error_code: code } });
        const others = command === 'runAgain' ? [] : ['runAgain'];
        const inOrder = command === 'openBrowser' ? [...others, command] : [command, ...others];
        assert.deepEqual(commandsIn(outcome), inOrder, code);
        assert.equal(shown(outcome).includes(`sentence of ${code}`), code !== 'not_known_yet');
        assert.ok(shown(outcome).includes('No such image'));
      }
    }
  });

  it('goes by the service where that says whether another try may help', () => {
    const help = (retryable: boolean): string[] =>
      commandsIn(top({ state: 'FAILED', status_message: { message: 'x', error_code: 'odd', retryable } }).outcome);
    assert.deepEqual([help(true), help(false)], [['runAgain'], ['openBrowser']]);
  });

  it('offers no second run of one that worked on somebody’s machine', () => {
    const { outcome } = top({
      state: 'ERROR',
      execution_location: 'LOCAL',
      status_message: { message: 'x', error_code: 'internal_error' },
    });
    assert.deepEqual(commandsIn(outcome), ['openBrowser']);
  });

  it('is answered with words where the agent asks a question', () => {
    const ask = action('a', 'integration', 'ask_user_question', {
      questions: [{ question: 'Which one?', options: ['A'] }],
    });
    const waiting = waitingActions(readConversation(answer(step([message('assistant', 1, ask)])), 'waiting').entries);
    const box = top({ state: 'BLOCKED' }, { waiting }).outcome;
    assert.match(shown(box), /Which one\?.*A/);
    assert.deepEqual(commandsIn(box), ['followUp', 'openBrowser']);
    assert.deepEqual(
      elements(box, ({ does }) => does === 'answer'),
      [],
    );
  });

  it('says the cause once, and first', () => {
    const failed = (words: string) =>
      shown(top({ state: 'ERROR', status_message: { message: words, error_code: 'internal_error' } }, said).outcome);
    assert.match(failed('The disk is full'), /The disk is full.*sentence of internal_error.*All done.*retry/);
    assert.equal(failed('Sentence of internal_error!').match(/internal_error/g)?.length, 1);
  });

  it('does not pass the last message of a run that did not finish off as what it came to', () => {
    const text = (state: string): string => shown(top({ state }, said).outcome);
    assert.match(text('CANCELLED'), /Last message:All done/);
    assert.match(text('FAILED'), /Last message:All done/);
    assert.doesNotMatch(text('SUCCEEDED'), /Last message/);
  });

  it('has the trace id to copy', () => {
    const { outcome } = top({ state: 'ERROR', status_message: { message: 'x', trace_id: 'abc-123' } });
    assert.match(shown(outcome), /abc-123/);
    assert.deepEqual(
      elements(outcome, ({ does }) => does === 'copy').map(({ of }) => of),
      ['runtrace'],
    );
  });

  it('says where to answer a run that waits', () => {
    const why = { state: 'BLOCKED', status_message: { message: 'May I?' } };
    assert.deepEqual(commandsIn(top(why).outcome), ['followUp', 'openBrowser']);
    const live = { ...why, session_link: 'https://oz.example/s' };
    assert.deepEqual(commandsIn(top(live).outcome), ['followUp', 'openSession']);
    assert.deepEqual(commandsIn(top({ ...live, source: 'GITHUB_ACTION' }).outcome), ['openSession']);
    const needsCredits = { ...why, status_message: { message: 'x', error_code: 'insufficient_credits' } };
    assert.deepEqual(commandsIn(top(needsCredits).outcome), ['topUp', 'followUp', 'openBrowser']);
  });

  it('shows what a blocked run asks about: the whole command', () => {
    const actions = ['ls', 'terraform apply'].map((command, index) =>
      message('assistant', index, action(String(index), 'command', 'run_command', { command })),
    );
    const waiting = waitingActions(readConversation(answer(step(actions)), 'waiting').entries);
    const stuck = {
      state: 'BLOCKED',
      status_message: { message: 'Stuck waiting for user confirmation on: run_command' },
    };
    const box = top(stuck, { ...said, waiting }).outcome;
    assert.match(shown(box), /All done.*terraform apply.*Approve/);
    assert.ok(!shown(box).includes('run_command'));
    const answers = elements(box, ({ does }) => does === 'answer').map(({ item }) => item);
    assert.deepEqual([answers, commandsIn(box)], [[0, 1], ['openBrowser']]);
    assert.match(shown(top(stuck, said).outcome), /run_command/);
    assert.equal(top({ ...stuck, state: 'PENDING' }).outcome, null, 'once it goes on');
    assert.equal(top(stuck, { ...said, waiting, isAnswered: true }).outcome, null);
    const closed = top({ ...stuck, source: 'GITHUB_ACTION' }, { waiting }).outcome;
    assert.deepEqual(
      elements(closed, ({ does }) => does === 'answer'),
      [],
    );
    assert.ok(
      !shown(top({ state: 'FAILED', status_message: { message: 'x' } }, { waiting }).outcome).includes('terra'),
    );
  });

  it('shows what the service says about a run at work, and nothing where it says nothing', () => {
    const said = (state: string, message: string): ViewElement | null =>
      top({ state, status_message: { message } }).outcome;
    assert.match(shown(said('INPROGRESS', 'Cloning acme/web')), /Cloning acme\/web/);
    assert.match(shown(said('QUEUED', 'Waiting')), /Waiting/);
    assert.equal(said('INPROGRESS', ' '), null);
    // That a run finished well needs no words of the service's.
    assert.equal(said('SUCCEEDED', 'ok'), null);
  });
});

describe('the end of a conversation', () => {
  it('says that the run works, unless an action above does', () => {
    assert.ok(top({ state: 'INPROGRESS' }).tail);
    assert.equal(top({ state: 'INPROGRESS' }, { endsWithWork: true }).tail, null);
    assert.ok(top({ state: 'QUEUED' }, { endsWithWork: true }).tail);
  });
});

describe('the banner of a page', () => {
  const banner = (facts: Partial<ProblemFacts> & { kind: ProblemKind }, members = {}, links = new Links()) =>
    top({}, { problem: new ApiProblem({ message: '', ...facts }), ...members }, links).banner;

  it('has the step that helps for every problem', () => {
    const steps: Record<Exclude<ProblemKind, 'unsupported'>, string[]> = {
      noKey: ['setKey'],
      keyRefused: ['setKey'],
      unreachable: ['retry', 'diagnoseConnection'],
      timeout: ['retry', 'diagnoseConnection'],
      aborted: ['retry'],
      notOz: ['openSettings'],
      invalid: ['openBrowser'],
      externalAuth: ['connectGitHub'],
      forbidden: ['setKey'],
      notFound: ['openBrowser'],
      conflict: ['retry'],
      rateLimited: ['retry'],
      server: ['retry'],
      outcomeUnknown: ['retry'],
    };
    for (const [kind, commands] of Object.entries(steps)) {
      assert.deepEqual(commandsIn(banner({ kind: kind as ProblemKind })), commands, kind);
    }
    assert.equal(banner({ kind: 'unsupported' }), null);
  });

  it('goes by the service’s code first', () => {
    assert.deepEqual(commandsIn(banner({ kind: 'forbidden', code: 'insufficient_credits' })), ['topUp']);
    assert.deepEqual(commandsIn(banner({ kind: 'rateLimited', code: 'out_of_credits' })), ['topUp']);
    assert.deepEqual(commandsIn(banner({ kind: 'server', code: 'internal_error' })), ['retry']);
  });

  it('leads to where the account is connected, if that is a page', () => {
    const auth = (authUrl: string) => {
      const links = new Links();
      const facts = { kind: 'externalAuth', code: 'external_authentication_required', authUrl } as const;
      const [link] = elements(banner(facts, {}, links), ({ does }) => does === 'link');
      return link?.item === undefined ? undefined : links.at(link.item);
    };
    assert.equal(auth('https://github.com/login'), 'https://github.com/login');
    assert.equal(auth('javascript:alert(1)'), undefined);
  });

  it('has the trace id to copy', () => {
    const node = banner({ kind: 'server', traceId: 'abc' });
    assert.deepEqual(
      elements(node, ({ does }) => does === 'copy').map(({ of }) => of),
      ['readtrace'],
    );
  });

  it('says that there is no key beside a conversation still to come, but not that it is still to come', () => {
    assert.deepEqual(commandsIn(banner({ kind: 'noKey' }, { reading: 'none' })), ['setKey']);
    assert.equal(banner({ kind: 'notFound' }, { reading: 'none' }), null);
  });
});

describe('what stands in the place of a conversation', () => {
  const note = (members: Members | undefined, facts: Partial<TopFacts>): ViewElement | null =>
    top(members, { entries: 0, ...facts }).note;

  it('is nothing once there is one', () => {
    for (const reading of ['good', 'none', 'unsupported', 'failed'] as const) {
      assert.equal(top({}, { reading }).note, null);
    }
    assert.ok(top({}, { reading: 'first' }).note);
  });

  it('says for each state what is waited for, or what happened, and shows the prompt', () => {
    const words = states.map((state) => shown(note({ state, prompt: 'Fix the cart' }, { reading: 'none' })));
    assert.ok(words.every((one) => one.includes('Fix the cart')));
    // FAILED and ERROR are told apart above, BLOCKED and SUCCEEDED have nothing else to say.
    assert.equal(new Set(words).size, states.length - 2);
    for (const state of states) {
      const isWaiting = elements(
        note({ state }, { reading: 'none' }),
        ({ class: name }) => name === 'note skeleton',
      ).length;
      assert.equal(isWaiting, ['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS'].includes(state) ? 1 : 0, state);
    }
  });

  it('says that all agents are busy', () => {
    const full = { state: 'QUEUED', status_message: { message: '', error_code: 'at_cloud_agent_capacity' } };
    assert.match(shown(note(full, { reading: 'none' })), /sentence of at_cloud_agent_capacity/);
    assert.doesNotMatch(shown(note({ state: 'QUEUED' }, { reading: 'none' })), /capacity/);
  });

  it('offers the next step where nothing more comes', () => {
    const steps = (state: string): string[] => commandsIn(note({ state }, { reading: 'none' }));
    assert.deepEqual(steps('CANCELLED'), ['runAgain', 'openBrowser']);
    // With the reason above.
    assert.deepEqual(steps('FAILED'), []);
    assert.deepEqual(steps('SUCCEEDED'), ['retry', 'openTranscript', 'openBrowser']);
    assert.deepEqual(steps('QUEUED'), []);
  });

  it('offers the transcript and the other ways where the conversation has another format', () => {
    const live = { state: 'INPROGRESS', session_link: 'https://oz.example/s' };
    const transcript = ['openTranscript', 'saveTranscript'];
    assert.deepEqual(commandsIn(note({}, { reading: 'unsupported' })), [...transcript, 'openBrowser']);
    assert.deepEqual(commandsIn(note(live, { reading: 'unsupported' })), [...transcript, 'openSession', 'openBrowser']);
    const alone = { reading: 'unsupported', source: { conversationId: 'c' } } as const;
    assert.deepEqual(commandsIn(note(undefined, alone)), ['openBrowser']);
  });

  it('says that nobody knows the run, in place of the banner', () => {
    const problem = new ApiProblem({ kind: 'notFound', message: '' });
    const parts = top(undefined, { reading: 'failed', entries: 0, problem });
    assert.equal(parts.banner, null);
    assert.deepEqual(commandsIn(parts.note), ['retry', 'setKey', 'openBrowser']);
    const alone = { reading: 'failed', source: { conversationId: 'c' }, problem } as const;
    assert.deepEqual(commandsIn(note(undefined, alone)), ['retry', 'setKey', 'openBrowser']);
  });

  it('keeps the prompt where the reading failed', () => {
    const problem = new ApiProblem({ kind: 'server', message: '' });
    assert.match(shown(note({ prompt: 'Fix it' }, { reading: 'failed', problem })), /Fix it/);
  });

  it('shows the prompt as the message that it becomes', () => {
    const prompt = 'Fix\n```ts\nlet a;\n```\n' + 'word '.repeat(2000);
    const asked = note({ state: 'QUEUED', prompt }, { reading: 'none' });
    assert.ok(asked);
    assert.ok(!textOf(asked).includes('```') && textOf(asked).includes('word '.repeat(1999)));
    assert.match(toHtml(asked), /class="entry message user/);
    assert.equal(elements(asked, ({ does, name }) => does === 'copy' && name === 'code').length, 1);
  });
});

describe('the parts around a conversation', () => {
  it('never throw for a run of any shape', function () {
    this.timeout(20_000);
    const junk = fc.oneof(fc.string(), fc.constant(undefined));
    const run = fc.record({
      title: fc.string(),
      state: fc.oneof(fc.string(), fc.constantFrom(...states)),
      started_at: junk,
      created_at: fc.string(),
      trigger_url: junk,
      parent_run_id: junk,
      session_link: junk,
      artifacts: fc.array(fc.record({ artifact_type: fc.anything(), data: fc.dictionary(fc.string(), fc.anything()) })),
      status_message: fc.oneof(
        fc.constant(undefined),
        fc.record({ message: fc.anything(), error_code: fc.constantFrom('internal_error', '__proto__', 'x') }),
      ),
      request_usage: fc.oneof(fc.constant(undefined), fc.dictionary(fc.string(), fc.jsonValue())),
    });
    const readings = fc.constantFrom('first', 'good', 'none', 'unsupported', 'failed');
    fc.assert(
      fc.property(run, readings, fc.array(run, { maxLength: 3 }), (members, reading, others) => {
        const subRuns = others.map((one) => makeRun(one as unknown as Partial<Run>));
        for (const node of Object.values(top(members, { reading, entries: 0, subRuns, parent: subRuns[0] }))) {
          if (node) {
            toHtml(node);
          }
        }
      }),
    );
  });
});
