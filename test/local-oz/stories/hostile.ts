import type { Story } from './story';
import { told } from './story';

/** Texts that try to be more than text. */
export const hostileText = told((script) => {
  script.say(`<script>alert(document.domain)</script><img src=x onerror="alert(1)"><svg/onload=alert(2)>

<details open ontoggle=alert(3)><summary>HTML that must stay text</summary></details>

[a command](command:workbench.action.quit) [a script](javascript:alert(4)) [data](data:text/html,<script>alert(5)</script>)
[looks like GitHub: https://github.com/acme](https://evil.example/phish) <https://example.com> https://example.com/a(b)c

![an image that would tell who reads this](https://evil.example/pixel.png?who=maya)
![local](file:///etc/passwd) ![vscode](vscode://file/etc/passwd)

$(trash) $(bug) \`$(rm -rf /)\` {{constructor.constructor('alert(6)')()}} \${7*7} <%= 7*7 %>`);
  script.say(
    'Bidi: user\u202Etxt.exe \u2066isolated\u2069 \u200Bzero\u200Bwidth\u200B \u00ADsoft\u00ADhyphen. Nul \u0000, bell \u0007, escape \u001b[31mred\u001b[0m, \uFFFD, a lone surrogate follows: \uD83D end.',
  );
  script.say('عربي: السلة فارغة — hebrew: שלום — 日本語の文章は折り返しが違います。 — ไทย — 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 é ﷽ Z̷̢͈̈́a̸̛̩l̶̫̄g̵̙̈́o̴͔͗');
  script.say(
    `${'A very long word: ' + 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(40)}\n\n${'nested '.repeat(3)}\n${Array.from({ length: 40 }, (_, depth) => `${'  '.repeat(depth)}- level ${depth}`).join('\n')}`,
  );
  script.say(
    `${'> '.repeat(60)}a quote sixty deep\n\n${'*'.repeat(500)}${'['.repeat(300)}${'`'.repeat(99)}\n\n| a | b |\n| - |\n| table that is broken | x | y | z |\n\n\`\`\`\na fence that never ends`,
  );
  script.act({
    category: 'command',
    name: 'run_command"><img src=x onerror=alert(7)>',
    input: { command: 'echo "</pre><script>alert(8)</script>"', __proto__x: 1, constructor: 'x', toString: null },
    output: { output: '</pre><script>alert(8)</script>\n', exit_code: 0, status: 'complete' },
  });
  script.event('<b>event</b>', { html: '<iframe src="javascript:alert(9)">', '<key>': '"value"' });
});

/** 200 KB from a terminal, with colours, progress bars and sequences that want to do things. */
export const noisyTerminal = told((script) => {
  script.say('I will run the slow-query report with everything switched on.');
  const lines = Array.from({ length: 2600 }, (_, index) => {
    const ms = (index * 7919) % 4000;
    const colour = ms > 3000 ? 31 : ms > 1500 ? 33 : 32;
    return `\u001b[2m${String(index).padStart(5, '0')}\u001b[22m \u001b[${colour}m${String(ms).padStart(5)} ms\u001b[39m select * from orders where customer_id = $1 -- ${index}`;
  });
  script.run('make slow-queries verbose=1', lines.join('\n'), { takes: 64 });
  script.run(
    'npm ci',
    [
      '\u001b]0;npm ci\u0007',
      ...[10, 45, 80, 100].map((percent) => `\r\u001b[K[${'#'.repeat(percent / 5).padEnd(20, '.')}] ${percent} %`),
      '\n\u001b]8;;https://evil.example\u0007a link in the terminal\u001b]8;;\u0007',
      '\n\u001b]52;c;cm0gLXJmIC8=\u0007a sequence that writes the clipboard',
      '\n\u001b[38;5;208m256 colours\u001b[0m \u001b[38;2;120;80;200mtrue colour\u001b[0m \u001b[1;4;7mbold, underlined, inverse\u001b[0m',
      '\n\u001b[2J\u001b[H\u001b[?1049h\u001b[10A cursor movements, \b\b\b and a bare escape \u001b',
      '\nadded 812 packages in 9s',
    ].join(''),
  );
  script.run('cat picture.png', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000\u0000\u0004\u0000ÿþ\u0001\u0002', {
    exit: 0,
  });
  script.run('true', '', { exit: 0 });
  script.run(`psql -c "${'select 1 union all '.repeat(300)}select 1"`, ' ?column?\n----------\n 1', {});
  script.say('Three queries need an index; the report is attached.');
});

const SNIPPETS: [string, string][] = [
  ['ts', 'export const sum = (...xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);'],
  [
    'python',
    'def total(lines: list[Line]) -> Decimal:\n    return sum((l.price * l.quantity for l in lines), Decimal(0))',
  ],
  [
    'go',
    'func Total(lines []Line) (sum int64) {\n\tfor _, l := range lines {\n\t\tsum += l.Price * l.Quantity\n\t}\n\treturn\n}',
  ],
  ['rust', 'fn total(lines: &[Line]) -> u64 {\n    lines.iter().map(|l| l.price * l.quantity).sum()\n}'],
  ['sql', 'select sum(price * quantity) from lines where order_id = $1;'],
  ['bash', 'jq "[.lines[] | .price * .quantity] | add" order.json'],
  ['yaml', 'lines:\n  - price: 335\n    quantity: 1'],
  ['json', '{ "lines": [{ "price": 335, "quantity": 1 }] }'],
  ['html', '<ul class="lines"><li data-price="335">1 ×</li></ul>'],
  ['css', '.lines > li::before { content: attr(data-price); }'],
  ['brainfuck', '++++[>++++<-]>.'],
];

/** An hour and a half of work: hundreds of messages, four steps deep. */
export const longHaul: Story = (script, { prompt }) => {
  script.step('', () => {
    script.user(prompt);
    script.say('This is large. I will go rule by rule, and keep the old engine until all of them agree.');
    for (let rule = 1; rule <= 18; rule++) {
      script.step(
        `Rule ${rule} of 18: ${RULES[rule % RULES.length] ?? ''}`,
        () => {
          script.grep([`rule${rule}`], 'src/promotions', [`src/promotions/rules/rule${rule}.ts`]);
          script.step('Write down what it does today', () => {
            script.read(`src/promotions/rules/rule${rule}.ts`);
            script.step('Try it on last month’s orders', () => {
              script.run(`npm run replay -- --rule ${rule}`, `${rule * 1031} orders, ${rule % 4} differences`, {
                exit: rule % 7 === 3 ? 1 : 0,
              });
              const [language, code] = SNIPPETS[rule % SNIPPETS.length] ?? ['', ''];
              script.say(`What it does, in short:\n\n\`\`\`${language}\n${code}\n\`\`\``);
            });
          });
          script.edit(
            `Rewrite rule ${rule}`,
            [`src/promotions/rules/rule${rule}.ts`],
            `--- a/src/promotions/rules/rule${rule}.ts\n+++ b/src/promotions/rules/rule${rule}.ts\n@@ -1,3 +1,3 @@\n export const rule${rule} = define({\n-  applies: (cart) => cart.lines.some((line) => line.tag === ${rule}),\n+  applies: hasTag(${rule}),\n });\n`,
          );
          script.run(`npm test -- rule${rule}`, ` Tests  ${rule + 3} passed (${rule + 3})`, { takes: 9 });
          script.say(`Rule ${rule} agrees with the old engine on every order.`);
          if (rule % 6 === 0) script.user('Looks good so far. Please go on, and keep the commits small.');
        },
        `Rule ${rule} moved, ${rule % 4} orders explained`,
      );
    }
    script.run('npm run replay -- --all', '18 rules, 204,881 orders, 0 differences', { takes: 300 });
    script.say(
      'All 18 rules run in the new engine, and it gives the same price for every order of last month. The old one can go after the sale.',
    );
  });
};

const RULES = [
  'three for two',
  'free shipping from 50 euros',
  'first order',
  'bundle price',
  'loyalty points',
  'birthday',
  'clearance',
];
