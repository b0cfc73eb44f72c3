import type { Script } from '../script';
import { commands, edits, searches } from './everyAction';
import { events, talk } from './everyTalk';
import { documents, tools } from './everyTool';
import type { Story } from './story';

/** The picture that the story's computer use names, among the run's artifacts. */
export const everyScreenshot = '0199d2a0-6c1e-7f00-8000-00000000f00d';

const listings = [
  ['ts', 'export const total = (lines: Line[]): number => lines.reduce((sum, { price }) => sum + price, 0); // cents'],
  ['python', 'def total(lines: list[Line]) -> int:\n    """Cents."""\n    return sum(line.price for line in lines)'],
  [
    'go',
    'func Total(lines []Line) (sum int) {\n\tfor _, line := range lines {\n\t\tsum += line.Price\n\t}\n\treturn\n}',
  ],
  ['rust', 'fn total(lines: &[Line]) -> u64 {\n    lines.iter().map(|line| line.price).sum()\n}'],
  [
    'java',
    'public static int total(List<Line> lines) {\n    return lines.stream().mapToInt(Line::price).sum(); // cents\n}',
  ],
  ['kotlin', 'fun total(lines: List<Line>): Int = lines.sumOf { it.price }'],
  [
    'cpp',
    '#include <numeric>\nint total(const std::vector<Line>& lines) {\n  return std::accumulate(lines.begin(), lines.end(), 0);\n}',
  ],
  ['csharp', 'public int Total(IEnumerable<Line> lines) => lines.Sum(line => line.Price);'],
  ['ruby', 'def total(lines)\n  lines.sum(&:price) # cents\nend'],
  ['php', '<?php\nfunction total(array $lines): int { return array_sum(array_column($lines, "price")); }'],
  ['swift', 'func total(_ lines: [Line]) -> Int { lines.map(\\.price).reduce(0, +) }'],
  ['sql', "select sum(price) as total -- cents\nfrom lines where order_id = $1 and state <> 'gone';"],
  ['css', '.total > .price {\n  color: var(--positive, #0a6b3d);\n  margin-inline: 4px;\n}'],
  ['dockerfile', 'FROM node:24-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev'],
  ['makefile', 'build: $(SOURCES)\n\tnpm run build # once\n'],
  ['graphql', 'query Total($order: ID!) { order(id: $order) { lines { price } } }'],
  ['powershell', 'Get-ChildItem -Path $env:TEMP | Where-Object { $_.Length -gt 1MB }'],
  ['toml', '[package]\nname = "total"\nedition = "2024"'],
  ['bash', 'for file in *.ts; do wc -l "$file"; done | sort -n | tail -1'],
  ['diff', '--- a/total.ts\n+++ b/total.ts\n@@ -1 +1 @@\n-const total = 0;\n+const total = sum(lines);'],
] as const;

const article = `# What came of it

Every kind of block is on this page. **Strong**, *emphasised*, ~~struck~~, \`code\`, a [link](https://docs.warp.dev/), a bare one:
https://docs.warp.dev/agents, and a path, \`src/cart/total.ts:12\`.

### A heading that skips a level

1. One
2. Two
   - inside
     - and deeper

- [x] Written
- [ ] Read
- [ ] Forgotten

> A quote, and in it
>
> > another one.

| Kind | Lines | Share |
| :--- | ---: | :---: |
| Commands | 1,204 | 61 % |
| Edits, of which some have a rather long explanation that has to go on in the next line | 87 | 4 % |
| Searches | 688 | 35 % |

A sentence with a note.[^1]

[^1]: The note stands as it was written.

---

`;

/** A run in which each kind of block, category and state is met at least once. */
export const everything: Story = (script, { prompt }) => {
  script.step('', () => {
    script.user(`${prompt}\n\nBegin with:\n- what runs in a *terminal*\n- then \`files\``);
    script.event('model_used', { model_id: 'claude-opus-4-8', model_name: 'Claude Opus 4.8' });
    script.message('assistant', [
      {
        type: 'event',
        name: 'agent_reasoning',
        data: { text: 'The page has to show each of them.\n\n1. Commands\n2. Files' },
      },
    ]);
    script.step('Commands in every state', () => {
      commands(script);
    });
    script.step(
      'Files that were read, changed, made and thrown away',
      () => {
        edits(script);
      },
      'Six files, one of them renamed.',
    );
    script.step('Searches, tools and documents', () => {
      searches(script);
      tools(script);
      documents(script, everyScreenshot);
    });
    script.step('Other agents and people', () => {
      talk(script);
    });
    script.step('What happens beside the work', () => {
      events(script);
    });
    nested(script, 1);
    script.say(article + listings.map(([language, code]) => `\`\`\`${language}\n${code}\n\`\`\``).join('\n\n'));
  });
};

/** Steps in steps, as deep as a page goes. */
function nested(script: Script, depth: number): void {
  script.step(`Delegated work, level ${depth}`, () => {
    script.say(`Level ${depth} begins.`);
    if (depth === 5) script.run('exit 3', 'no', { exit: 3, takes: 2 });
    if (depth < 12) nested(script, depth + 1);
  });
}
