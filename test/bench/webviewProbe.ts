/** What is noted in a frame in which a webview shows its HTML. */
export interface Probe {
  /** How long each long task (over 50 ms) took that the frame heard of (ms), and where it was. */
  longTasks: { ms: number; where: string }[];
  /** Bytes of JSON that the host posted, and how many messages they were. */
  posted: { bytes: number; messages: number };
}

/**
 * Runs first of all in every frame; only frames of webviews are watched. `benchPainted` of the frame is told when the first
 * content was painted (ms since 1970): once the frame is shown and has a frame painted with content in sight.
 */
export function watchFrame(): void {
  // It is still empty now, without an address.
  if (window.frameElement?.id !== 'pending-frame') {
    return;
  }
  const probe: Probe = { longTasks: [], posted: { bytes: 0, messages: 0 } };
  const frame = window as unknown as { benchProbe: Probe; benchPainted: (at: number) => void };
  frame.benchProbe = probe;
  new PerformanceObserver((list) => {
    for (const { duration, name } of list.getEntries()) {
      probe.longTasks.push({ ms: duration, where: name });
    }
  }).observe({ type: 'longtask' });
  // No function in here has a name: the names that tsx keeps by a helper would be missing in the page.
  // The document will be another one, and what waits for the next frame of this one would wait for ever; timers go on.
  const timer = setInterval(() => {
    const content = document.querySelector('.message, #word, .code-line');
    const isShown = (window.frameElement as HTMLElement).style.visibility === 'visible';
    if (!isShown || content === null || content.getBoundingClientRect().top >= innerHeight) {
      return;
    }
    clearInterval(timer);
    requestAnimationFrame(() => {
      // A task of its own after the frame that this turn paints.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        frame.benchPainted(Date.now());
      };
      port2.postMessage(undefined);
    });
  }, 4);
}

/** Runs in the frame: counts what the host posts from now on. */
export function countPosted(): void {
  const { posted } = (window as unknown as { benchProbe: Probe }).benchProbe;
  addEventListener('message', ({ data }) => {
    posted.bytes += new TextEncoder().encode(JSON.stringify(data)).length;
    posted.messages += 1;
  });
}

/** Runs in the frame. */
export function readProbe(): Probe {
  return (window as unknown as { benchProbe: Probe }).benchProbe;
}

/** What was on the screen while somebody scrolled. */
export interface Scrolled {
  frames: number;
  /** Frames in which a box of the conversation was in sight and had nothing in it, or in which no entry was in sight. */
  blank: number;
}

/** Runs in the frame: scrolls down by a screen every so many frames, and looks at each frame as it will be painted. */
export async function scrollScreens({ screens, pace }: { screens: number; pace: number }): Promise<Scrolled> {
  const seen: Scrolled = { frames: 0, blank: 0 };
  for (let frame = 0; frame < screens * pace; frame += 1) {
    await new Promise(requestAnimationFrame);
    if (frame % pace === 0) {
      scrollBy({ top: innerHeight, behavior: 'instant' });
    }
    const inSight = [...document.querySelectorAll('.chunk')].filter((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return bottom > 0 && top < innerHeight && bottom > top;
    });
    seen.frames += 1;
    seen.blank += inSight.length === 0 || inSight.some(({ childElementCount }) => childElementCount === 0) ? 1 : 0;
  }
  return seen;
}

/** Runs in the frame: goes down by so many screens at a time, once what is there was filled, until the end is in sight. */
export async function scrollToEnd(screens: number): Promise<void> {
  const page = document.documentElement;
  while (page.scrollTop + page.clientHeight < page.scrollHeight - 1) {
    scrollBy({ top: screens * innerHeight, behavior: 'instant' });
    for (let isFilled = false; !isFilled;) {
      await new Promise(requestAnimationFrame);
      isFilled = [...document.querySelectorAll('.chunk')].every((box) => {
        const { top, bottom } = box.getBoundingClientRect();
        return bottom < 0 || top > innerHeight || box.childElementCount > 0;
      });
    }
  }
}
