import { asList, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { ActionBlock } from './conversation';

/** Other agents that an agent starts or talks to. */
export interface AgentsView {
  kind: 'agents';
  verb: 'start' | 'message';
  agents: AgentReference[];
  /** What they were told, where it is one text for all. */
  message: string;
}

export interface AgentReference {
  name: string;
  /** The run that it is, where the service says so. */
  runId?: string;
}

const lists = ['agents', 'runs', 'subagents', 'children', 'started_agents'];
const runIds = ['run_id', 'agent_run_id', 'task_id'];

/** Reads an action or an event about agents by what it is called. */
export function agentsView({
  name,
  input,
  output,
}: Pick<ActionBlock, 'name' | 'input' | 'output'>): AgentsView | undefined {
  const isMessage = /message/i.test(name) && /agent/i.test(name);
  if (!isMessage && !/^(?:sub_?agents?|(?:start|run|spawn|launch|create)_?(?:sub_?)?agents?)$/i.test(name)) {
    return undefined;
  }
  return {
    kind: 'agents',
    verb: isMessage ? 'message' : 'start',
    agents: isMessage ? receivers(input) : started(input, output),
    message: firstText(input, 'message', 'prompt', 'task', 'instructions', 'summary', 'description') ?? '',
  };
}

function receivers(input: JsonRecord): AgentReference[] {
  const keys = ['agent_ids', 'agents', 'recipients', 'to', 'addresses'];
  const many = keys.flatMap((key) => asList(input[key])).flatMap((item) => referenceOf(item) ?? []);
  const name = firstText(input, 'agent_name', 'agent', 'recipient', 'to', 'agent_id');
  return many.length > 0 || name === undefined ? many : [{ name, ...runOf(input) }];
}

/** As the request names them, each with the run that the result says it became. */
function started(input: JsonRecord, output: JsonRecord): AgentReference[] {
  const asked = listed(input);
  const came = listed(output);
  const names = asked.length > 0 ? asked : came;
  const one = { name: firstText(input, 'name', 'title', 'agent_name') ?? firstText(output, 'name', 'title') ?? '' };
  const run = { ...runOf(input), ...runOf(output) };
  const single = one.name !== '' || run.runId !== undefined ? [{ ...one, ...run }] : [];
  return names.length > 0 ? names.map((agent, index) => ({ ...came[index], ...agent })) : single;
}

function listed(record: JsonRecord): AgentReference[] {
  const ids = asList(record.run_ids).flatMap((id) => {
    const runId = asText(id);
    return runId === undefined ? [] : [{ name: '', runId }];
  });
  return [...lists.flatMap((key) => asList(record[key])).flatMap((item) => referenceOf(item) ?? []), ...ids];
}

function referenceOf(item: unknown): AgentReference | undefined {
  const record = asRecord(item);
  const name = asText(item) ?? firstText(record, 'name', 'title', 'description', 'prompt', 'agent_id', 'id') ?? '';
  const run = record ? runOf(record) : {};
  return name === '' && run.runId === undefined ? undefined : { name, ...run };
}

/** Runs go by such ids; others belong to what the agent counts for itself. */
const runId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function runOf(record: JsonRecord): { runId?: string } {
  const id = firstText(record, ...runIds);
  return id !== undefined && runId.test(id) ? { runId: id } : {};
}

/** What a person is asked, and what they can choose. */
export interface Question {
  text: string;
  options: string[];
  /** What was answered, where the result says it. */
  answer: string;
}

export function questionsOf({ name, input, output }: ActionBlock): Question[] | undefined {
  if (!/(?:^|_)ask(?:_|$)|question/i.test(name) && !Array.isArray(input.questions)) {
    return undefined;
  }
  const listed = asList(input.questions);
  const answers = asList(output.answers);
  const questions = (listed.length > 0 ? listed : [input]).flatMap((item, index): Question[] => {
    const record = asRecord(item);
    const text = asText(item) ?? firstText(record, 'question', 'text', 'prompt', 'title', 'header');
    const said = answers[index] ?? (listed.length < 2 ? (output.answer ?? output.response) : undefined);
    return text === undefined ? [] : [{ text, options: labels(record), answer: answerOf(said) }];
  });
  return questions.length > 0 ? questions : undefined;
}

function labels(question: JsonRecord | undefined): string[] {
  return [...asList(question?.options), ...asList(question?.choices)].flatMap(
    (option) => asText(option) ?? firstText(asRecord(option), 'label', 'title', 'text', 'value') ?? [],
  );
}

function answerOf(value: unknown): string {
  const record = asRecord(value);
  const chosen = [...asList(value), ...asList(record?.selected), ...asList(record?.options)].flatMap(
    (one) => asText(one) ?? [],
  );
  return asText(value) ?? firstText(record, 'answer', 'text', 'label', 'value', 'selected') ?? chosen.join(', ');
}
