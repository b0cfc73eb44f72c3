import type { FormTarget } from '../../../src/model/scheduleForm';
import { OzClient } from '../../../src/oz/ozClient';
import { type LocalOz, startLocalOz } from '../../local-oz/server';
import { FakeClock, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { Panel, WindowOf } from './fakeSchedulePage';

export type LocalPage = Panel<WindowOf>;

/** Windows with pages at one local Oz, which holds every request and answer against the description of the API. */
export class LocalPages {
  readonly #pages: LocalPage[] = [];
  #underWay = 0;

  private constructor(readonly oz: LocalOz) {}

  static async start(): Promise<LocalPages> {
    return new LocalPages(await startLocalOz({ scenario: 'demo' }));
  }

  /** What asks the service, for a window of that clock. */
  client(clock: FakeClock): OzClient {
    const key = (): Promise<string> => Promise.resolve(this.oz.key);
    const send: typeof fetch = (...call) => this.#send(...call);
    return new OzClient({ baseUrl: () => this.oz.baseUrl, key, fetch: send, clock });
  }

  /** A window with a clock of its own. */
  window(): WindowOf {
    const clock = new FakeClock();
    return new WindowOf(this.client(clock), new FakeMemento(), clock);
  }

  /** A page that is on the screen; the week without a target. */
  async open(window: WindowOf, target?: FormTarget): Promise<LocalPage> {
    const page = await new Panel(window, target).open();
    this.#pages.push(page);
    await this.rest();
    return page;
  }

  async act(page: LocalPage, name: Parameters<LocalPage['act']>[0]): Promise<void> {
    this.oz.clock.advance(1000);
    await page.act(name);
    await this.rest();
  }

  /** Lets `ms` milliseconds pass for a window. */
  async pass({ clock }: { clock: FakeClock }, ms: number): Promise<void> {
    await clock.advance(ms);
    await this.rest();
  }

  /** Until all windows wait for nothing but their clocks. */
  async rest(): Promise<void> {
    do {
      await settle();
    } while (this.#underWay > 0);
    await settle();
  }

  /** What was asked of the service, as "GET /agent/schedules". */
  asked(): string[] {
    return this.oz.log.map(({ method, path }) => `${method} ${path}`);
  }

  async close(): Promise<void> {
    for (const { page } of this.#pages) {
      page.dispose();
    }
    await this.rest();
    this.oz.assertNoViolations();
    await this.oz.close();
  }

  /** All of an answer is there at once, so that it is known when nothing is under way. */
  async #send(...call: Parameters<typeof fetch>): Promise<Response> {
    this.#underWay += 1;
    try {
      const answer = await fetch(...call);
      const body = await answer.arrayBuffer();
      return new Response(body.byteLength > 0 ? body : null, answer);
    } finally {
      this.#underWay -= 1;
    }
  }
}
