/** Milliseconds after which what was said is gone: somebody who comes by later does not meet it. */
const kept = 2500;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something to assistive technology, as soon as that is done with what it reads. All that is said goes through here. */
export function say(text: string): void {
  const place = document.getElementById('said');
  if (place) {
    place.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      place.textContent = '';
    }, kept);
  }
}
