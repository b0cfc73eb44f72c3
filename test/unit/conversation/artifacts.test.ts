import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Links } from '../../../src/conversation/links';
import { type ArtifactSources, PageArtifacts } from '../../../src/conversation/pageArtifacts';
import type { PageHost } from '../../../src/conversation/pageHost';
import type { ToPage } from '../../../src/conversation/protocol';
import { renderArtifacts } from '../../../src/conversation/renderArtifacts';
import { toHtml } from '../../../src/conversation/viewHtml';
import {
  childrenOf,
  textOf,
  type ViewAttributes,
  type ViewElement,
  type ViewNode,
} from '../../../src/conversation/viewNodes';
import { Emitter } from '../../../src/model/emitter';
import { PlanTexts } from '../../../src/model/planTexts';
import type { Download } from '../../../src/oz/download';
import { ApiProblem } from '../../../src/oz/problems';
import type { Artifact, Run } from '../../../src/oz/types';
import { settle } from '../fakeClock';
import { context, makeRun, runId } from './samples';

const artifact = (artifact_type: string, data: object): Artifact => ({ artifact_type, data }) as unknown as Artifact;
const plan = artifact('PLAN', { artifact_uid: 'p', title: 'Retries', url: 'https://oz.example/p' });
const pull = (members: object = {}): Artifact =>
  artifact('PULL_REQUEST', { url: 'https://github.com/acme/shop/pull/12', branch: 'oz/cart', ...members });
const shot = (uid: string, mime_type = 'image/png'): Artifact =>
  artifact('SCREENSHOT', { artifact_uid: uid, mime_type, description: `Shot ${uid}` });

function attributesOf(node: ViewElement): ViewAttributes {
  return typeof node[1] === 'string' ? { class: node[1] } : node[1];
}

function all(node: ViewNode, isWanted: (attributes: ViewAttributes) => boolean): ViewElement[] {
  if (typeof node === 'string') {
    return [];
  }
  const inside = childrenOf(node).flatMap((child) => all(child, isWanted));
  return isWanted(attributesOf(node)) ? [node, ...inside] : inside;
}

/** What a strip's buttons ask for: the verb, its name and the artifact. */
function asked(node: ViewElement | null): string[] {
  return all(node ?? ['div', ''], ({ does }) => does !== undefined).map((button) => {
    const { does, name, item } = attributesOf(button);
    return [does, name, item].filter((one) => one !== undefined).join(' ');
  });
}

const strip = (artifacts: Artifact[], canCompare = false): ViewElement | null =>
  renderArtifacts({ artifacts, canCompare: () => canCompare }, context());

describe('the strip of artifacts', () => {
  it('offers of each kind what can be done with it', () => {
    assert.deepEqual(asked(strip([pull()])), ['artifact 0', 'artifact checkOut 0', 'artifact copyBranch 0']);
    assert.deepEqual(asked(strip([plan])), ['body 0', 'artifact open 0', 'artifact save 0', 'artifact browser 0']);
    assert.deepEqual(asked(strip([plan], true))[1], 'artifact compare 0');
    assert.deepEqual(asked(strip([shot('a')])), ['large 0', 'artifact save 0', 'artifact open 0']);
    const file = artifact('FILE', { artifact_uid: 'f', filename: 'a.csv', filepath: 'x/a.csv', mime_type: 'text/csv' });
    assert.deepEqual(asked(strip([file])), ['artifact 0', 'artifact save 0']);
    assert.deepEqual(asked(strip([artifact('HOLOGRAM', { url: 'https://x.example' })])), [
      'body 0',
      'artifact browser 0',
    ]);
    const reference = (url: string): Artifact => artifact('EXTERNAL_REFERENCE', { url, reference_type: 'ISSUE' });
    assert.deepEqual(asked(strip([reference('https://x.example/1')])), ['artifact 0']);
  });

  it('has a card for every artifact, whatever the service sends', () => {
    const odd = [{ artifact_type: 'HOLOGRAM' }, {}, null, 7, 'x', { artifact_type: 3, data: [] }];
    const shown = strip([pull(), ...odd] as unknown as Artifact[]);
    assert.equal(all(shown ?? ['div', ''], ({ class: name }) => /^card(?: |$)/.test(name ?? '')).length, 7);
    assert.match(textOf(shown ?? ''), /acme\/shop #12.*HOLOGRAM/);
    fc.assert(
      fc.property(fc.array(fc.record({ artifact_type: fc.anything(), data: fc.anything() })), (artifacts) => {
        const node = strip(artifacts as unknown as Artifact[]);
        assert.equal(node === null, artifacts.length === 0);
        assert.ok(toHtml(node ?? '').length >= 0);
      }),
    );
  });

  it('leads to no address that is not of the web', () => {
    for (const url of ['command:workbench.action.quit', 'mailto:a@b.example', 'file:///etc/passwd', '']) {
      assert.deepEqual(asked(strip([artifact('EXTERNAL_REFERENCE', { url })])), []);
      assert.deepEqual(asked(strip([artifact('PULL_REQUEST', { url })])), []);
      assert.deepEqual(asked(strip([artifact('HOLOGRAM', { url })])), ['body 0']);
    }
  });

  it('says how a pull request stands, in words and by its icon', () => {
    const icons = (status: unknown): string | undefined =>
      all(strip([pull({ status })]) ?? ['div', ''], (attributes) => attributes.decorative === true).map(
        (node) => attributesOf(node).class,
      )[0];
    const looks = ['open', 'draft', 'merged', 'closed', 'unknown', 'haunted', 7].map(icons);
    assert.equal(new Set(looks.slice(0, 5)).size, 5);
    assert.equal(looks[5], looks[4]);
    assert.match(textOf(strip([pull({ status: 'merged' })]) ?? ''), /Merged · oz\/cart/);
    assert.match(textOf(strip([pull({ status: 'haunted' })]) ?? ''), /haunted · oz\/cart/);
    assert.doesNotMatch(textOf(strip([pull({ status: 'unknown' })]) ?? ''), /unknown/);
  });

  it('shows pictures that the page knows how to show as pictures, others as files', () => {
    const kinds = (node: ViewElement | null): string[] => asked(node).filter((one) => one.startsWith('large'));
    assert.deepEqual(kinds(strip([shot('a'), shot('b', 'image/webp')])), ['large 0', 'large 1']);
    assert.deepEqual(kinds(strip([shot('a', 'image/svg+xml'), shot('b', 'image/avif')])), []);
    const file = artifact('FILE', { artifact_uid: 'f', filename: 'a.jpg', filepath: 'a.jpg', mime_type: 'image/jpeg' });
    assert.deepEqual(kinds(strip([file])), ['large 0']);
    const [thumb] = all(strip([shot('a')]) ?? ['div', ''], ({ does }) => does === 'large');
    assert.match((thumb && attributesOf(thumb).label) ?? '', /Shot a$/);
  });

  it('shows what outlives an order: the picture, not its place', () => {
    const hash = (list: Artifact[], nth: number): string | undefined =>
      all(strip(list) ?? ['div', ''], ({ does }) => does === 'large').map((node) => attributesOf(node).hash)[nth];
    assert.equal(hash([shot('a'), shot('b')], 1), hash([shot('b'), shot('a')], 0));
    assert.notEqual(hash([shot('a'), shot('b')], 0), hash([shot('a'), shot('b')], 1));
  });

  it('has thirty at once and leads to the others', () => {
    const list = Array.from({ length: 62 }, (_one, index) => shot(`s${index}`));
    const first = asked(strip(list));
    assert.equal(first.filter((one) => one.startsWith('large')).length, 30);
    assert.equal(first.at(-1), 'body 1');
    assert.equal(strip([]), null);
    assert.equal(asked(strip(list.slice(0, 30))).filter((one) => one.startsWith('body')).length, 0);
  });
});

describe('what a page asks about artifacts', () => {
  let did: unknown[][];
  let posted: ToPage[];
  let run: Run;
  let texts: (string | ApiProblem)[];
  let plans: PlanTexts;
  let links: Links;
  let changes: number;
  let wanted: string[];
  let missing: Awaited<ReturnType<ArtifactSources['pictures']['get']>>;
  let answered: Emitter<void>;

  function make(): PageArtifacts {
    const note =
      (name: string) =>
      (...args: unknown[]): void => {
        did.push([name, ...args]);
      };
    return new PageArtifacts({
      plans,
      client: {
        downloadArtifact: (): Promise<Download> => {
          const next = texts.shift() ?? '';
          return typeof next === 'string'
            ? Promise.resolve({ bytes: Buffer.from(next), contentType: 'text/markdown' })
            : Promise.reject(next);
        },
      },
      pictures: {
        get: (uid) => {
          wanted.push(uid);
          return Promise.resolve(uid === 'a' ? { kind: 'image/webp', bytes: Uint8Array.of(1) } : missing);
        },
      },
      live: {
        source: { runId },
        get run() {
          return run;
        },
        onDidAnswer: answered.event,
      },
      host: { execute: note('execute'), openLink: note('openLink'), openDiff: note('openDiff') } as unknown as PageHost,
      context: context(links),
      post: (message) => posted.push(message),
      changed: () => {
        changes += 1;
      },
    });
  }

  const bodies = (): ViewElement[] => posted.flatMap((message) => (message.type === 'body' ? [message.node] : []));

  beforeEach(() => {
    did = [];
    posted = [];
    texts = [];
    plans = new PlanTexts();
    links = new Links();
    changes = 0;
    wanted = [];
    missing = 'none';
    answered = new Emitter();
    run = makeRun({ artifacts: [plan, shot('a'), shot('b'), pull(), artifact('HOLOGRAM', { x: 1 })] });
  });

  it('is done by commands, with nothing but the run and the number', () => {
    const page = make();
    page.act(1, 'open');
    page.act(1, 'save');
    page.act(3, 'checkOut');
    page.act(3, 'copyBranch');
    assert.deepEqual(
      did.map(([, command, argument]) => [command, argument]),
      [
        ['agentRuns.openArtifact', { runId, artifact: 1 }],
        ['agentRuns.saveArtifact', { runId, artifact: 1 }],
        ['agentRuns.checkOutBranch', { runId, artifact: 3 }],
        ['agentRuns.copyBranch', { runId, artifact: 3 }],
      ],
    );
    did = [];
    page.act(0, 'browser');
    page.act(1, 'browser');
    page.act(99, 'browser');
    assert.deepEqual(did, [['openLink', 'https://oz.example/p']]);
  });

  it('of a plan is read when it is asked for, with something in its place until it is there', async () => {
    texts = ['# Retries\n\n[x](https://x.example) <img src=x onerror=alert(1)>\n\n```ts\nlet a = 1;\n```'];
    const page = make();
    assert.equal(page.body('artifact.0'), true);
    assert.equal(bodies().length, 1);
    await settle();
    const [, shown] = bodies();
    assert.ok(shown);
    assert.match(textOf(shown), /Retries.*<img src=x onerror=alert\(1\)>/s);
    assert.equal(links.at(0), 'https://x.example/');
    assert.deepEqual(page.text('artifact.0', 'code', 0), { text: 'let a = 1;\n', language: 'plaintext' });
    assert.equal(page.text('artifact.0', 'code', 1), undefined);
    assert.match(page.text('artifact.0', 'text', 0)?.text ?? '', /^# Retries/);
  });

  it('of a plan is compared once it changed between two readings', async () => {
    texts = ['one', 'one', 'two'];
    const page = make();
    page.act(0, 'compare');
    for (let reading = 0; reading < 3; reading++) {
      assert.equal(page.canCompare('p'), false);
      page.body('artifact.0');
      await settle();
    }
    assert.equal(page.canCompare('p'), true);
    assert.equal(changes, 3);
    page.act(0, 'compare');
    assert.deepEqual(
      did.map((call) => call.slice(0, 4)),
      [['openDiff', 'Retries.md', 'one', 'two']],
    );
  });

  it('of a plan that cannot be read says why, and can be asked again', async () => {
    texts = [new ApiProblem({ kind: 'notFound', message: 'gone' }), 'here'];
    const page = make();
    page.body('artifact.0');
    await settle();
    const failed = bodies().at(-1);
    assert.ok(failed);
    assert.match(textOf(failed), /notFound/);
    assert.deepEqual(asked(failed), ['body made']);
    page.body('artifact.0');
    await settle();
    assert.match(textOf(bodies().at(-1) ?? ''), /here/);
    // What is known is there at once; it is sent again only when it is different.
    posted = [];
    texts = ['here', 'there'];
    page.body('artifact.0');
    assert.match(textOf(bodies()[0] ?? ''), /here/);
    await settle();
    assert.equal(bodies().length, 1);
    page.body('artifact.0');
    await settle();
    assert.match(textOf(bodies()[2] ?? ''), /there/);
  });

  it('of a long plan shows its beginning and end', async () => {
    texts = [`start\n\n${'word '.repeat(20_000)}\n\nend`];
    const page = make();
    page.body('artifact.0');
    await settle();
    const shown = bodies().at(-1);
    assert.ok(shown);
    assert.ok(JSON.stringify(shown).length < 70_000);
    assert.match(textOf(shown), /^start.*end/s);
    assert.ok(asked(shown).some((one) => one.startsWith('open text')));
  });

  it('of a kind that is not known is its JSON, without what signs its links', () => {
    const url = 'https://storage.example/x?signature=s3cr3t\\"s3cr3t#s3cr3t';
    run = makeRun({ artifacts: [artifact('HOLOGRAM', { depth: 3, inner: { url, plain: 'https://x.example/a' } })] });
    const page = make();
    page.body('artifact.0');
    const shown = textOf(bodies()[0] ?? '');
    assert.match(shown, /"depth": 3/);
    assert.match(shown, /https:\/\/x\.example\/a"/);
    assert.doesNotMatch(shown + (page.text('artifact.0', 'raw', 0)?.text ?? ''), /s3cr3t/);
  });

  it('of those that were left out is the next page of them', () => {
    run = makeRun({ artifacts: Array.from({ length: 62 }, (_one, index) => shot(`s${index}`)) });
    const page = make();
    assert.equal(page.body('artifacts.1'), true);
    assert.equal(page.body('artifacts.2'), true);
    const items = bodies().map((node) =>
      asked(node).flatMap((one) => (one.startsWith('large') ? [Number(one.split(' ')[1])] : [])),
    );
    assert.deepEqual([items[0]?.[0], items[0]?.at(-1), items[1]], [30, 59, [60, 61]]);
  });

  it('is passed over when it is about nothing here', () => {
    const page = make();
    for (const id of ['abc.0', 'artifact', 'artifact.x', 'prompt.0', 'xartifact.0']) {
      assert.equal(page.body(id), false);
      assert.equal(page.text(id, 'raw', 0), undefined);
    }
    assert.equal(page.body('artifact.99'), true);
    assert.deepEqual(posted, []);
  });

  it('asks again for pictures that could not be read whenever the service answers, a few times', async () => {
    const page = make();
    const sent = (): unknown[] =>
      posted
        .splice(0)
        .map((message) => message.type === 'picture' && [message.item, message.bytes?.length, message.canRetry]);
    page.picture(2);
    page.picture(1);
    await settle();
    answered.fire();
    await settle();
    assert.deepEqual(wanted, ['b', 'a'], 'what is no picture stays so');
    assert.deepEqual(sent(), [
      [2, undefined, false],
      [1, 1, false],
    ]);
    missing = 'notRead';
    page.picture(2);
    await settle();
    answered.fire();
    await settle();
    // Its place in the list may have changed.
    run = makeRun({ artifacts: [plan, shot('b')] });
    missing = { kind: 'image/png', bytes: new Uint8Array(7) };
    answered.fire();
    await settle();
    answered.fire();
    await settle();
    assert.deepEqual(sent(), [
      [2, undefined, true],
      [2, undefined, true],
      [1, 7, false],
    ]);
    missing = 'notRead';
    page.picture(1);
    for (let round = 0; round < 20; round++) {
      answered.fire();
      await settle();
    }
    assert.equal(sent().length, 6);
    page.dispose();
    answered.fire();
    await settle();
    assert.deepEqual(sent(), []);
  });

  it('are pictures: their bytes, or that there are none', async () => {
    const page = make();
    for (const item of [1, 2, 0, 99]) {
      page.picture(item);
    }
    await settle();
    assert.deepEqual(
      posted.map((message) => message.type === 'picture' && [message.item, message.bytes?.length]),
      [
        [1, 1],
        [2, undefined],
        [0, undefined],
        [99, undefined],
      ],
    );
    posted = [];
    page.picture(1);
    page.dispose();
    await settle();
    assert.deepEqual(posted, []);
  });
});
