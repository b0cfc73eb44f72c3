import { say } from '../elements/say';

/** How long something said in passing is seen (ms). */
const shown = 2500;

let place: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something in passing, to eyes and to assistive technology. */
export function notice(text: string): void {
  if (!place) {
    place = document.createElement('div');
    place.className = 'notice';
    place.ariaHidden = 'true';
    document.body.append(place);
  }
  const seen = place;
  seen.hidden = false;
  seen.style.bottom = `${(document.getElementById('foot')?.offsetHeight ?? 0) + 16}px`;
  seen.textContent = text;
  say(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    seen.hidden = true;
  }, shown);
}
