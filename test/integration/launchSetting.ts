import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LaunchSheetDeps } from '../../src/commands/launchSheet';
import { PreviewButtons } from '../../src/commands/previewButtons';
import { systemClock } from '../../src/oz/clock';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import type { Environment, LaunchRequest, Model, Run } from '../../src/oz/types';
import { product } from '../../src/product';
import { known } from './knownRuns';

class Memento implements vscode.Memento {
  readonly values = new Map<string, unknown>();
  keys = (): readonly string[] => [...this.values.keys()];
  get = <T>(key: string, fallback?: T): T => (this.values.get(key) ?? fallback) as T;
  update = (key: string, value: unknown): Promise<void> => {
    this.values.set(key, value);
    return Promise.resolve();
  };
}

const environment = (uid: string, repo: string): Environment => ({
  uid,
  config: { name: uid, github_repos: [{ owner: 'acme', repo }] },
  last_updated: '2026-03-18T14:30:00Z',
  setup_failed: false,
});

const model = (id: string, disable_reason?: Model['disable_reason']): Model => ({
  id,
  display_name: id,
  provider: 'UNKNOWN',
  vision_supported: false,
  disable_reason,
});

const never = (): Promise<never> => Promise.reject(new ApiProblem({ kind: 'server', message: '' }));

/** What a launch is given and what it did. */
export interface Setting {
  deps: LaunchSheetDeps;
  memento: Memento;
  launched: LaunchRequest[];
  opened: string[];
  texts: string[];
}

/** @param failures what the launches fail with, in turn */
export function setUp(change: Partial<LaunchSheetDeps> = {}, failures: (ProblemKind | undefined)[] = []): Setting {
  const memento = new Memento();
  const launched: LaunchRequest[] = [];
  const opened: string[] = [];
  const texts: string[] = [];
  const deps: LaunchSheetDeps = {
    memento,
    clock: systemClock,
    runs: known(),
    client: { listIdentities: never, createIdentity: never },
    webUrl: () => product.webUrl,
    baseUrl: () => product.baseUrl,
    draftsFolder: vscode.Uri.file(path.join(os.tmpdir(), 'agent-runs-drafts')),
    catalog: {
      identities: () => Promise.resolve([]),
      identitiesChanged: () => undefined,
      refresh: () => undefined,
      environments: () => Promise.resolve([environment('infra', 'infra'), environment('shop', 'storefront')]),
      models: () =>
        Promise.resolve({ default_model_id: 'auto', models: [model('auto'), model('off', 'ADMIN_DISABLED')] }),
    },
    launcher: {
      once: (_key, work) => ({ isFirst: true, outcome: work() }),
      launch: (request) => {
        launched.push(request);
        const kind = failures.shift();
        const ids = { run_id: 'r1', task_id: 'r1' };
        const at = '2026-03-18T14:30:00Z';
        const run: Run = { ...ids, title: '', prompt: '', state: 'QUEUED', created_at: at, updated_at: at };
        return kind
          ? Promise.reject(new ApiProblem({ kind, message: kind }))
          : Promise.resolve({ run, atCapacity: false, found: false });
      },
    },
    previewButtons: new PreviewButtons(),
    openConversation: (runId) => {
      opened.push(runId);
      return Promise.resolve();
    },
    showText: (_name, text) => {
      texts.push(text);
      return Promise.resolve();
    },
    ...change,
  };
  return { deps, memento, launched, opened, texts };
}

export function draftOf({ memento }: Setting, of: string): unknown {
  return memento.get(`agentRuns.launch.draft.${of}`);
}
