import * as vscode from 'vscode';
import { type Disposable, disposeAll, Emitter } from '../model/emitter';
import type { Choice } from '../model/launchOptions';
import { environmentName } from '../model/launchRequest';
import type { ScheduleForm } from '../model/scheduleForm';
import { skillPlace, specKey } from '../model/skillSpec';
import type { CloudSkills } from '../model/cloudSkills';
import type { WorkspaceSkills } from '../model/workspaceSkill';
import type { Environment, Models } from '../oz/types';
import { noLaunchSettings } from '../platform/launchSettings';
import { plain } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';
import type { ChangeForm, ScheduleFields } from '../model/scheduleFields';
import type { NamedOption, NamedValue } from '../model/namedValue';
import { noEnvironment } from './environmentItems';
import type { AnswerParts } from './launchAnswer';
import { FormOptions } from './formOptions';
import { LaunchChoices } from './launchChoices';
import type { OptionDeps } from './launchMore/optionKind';
import { LoadedList } from './loadedList';
import { defaultModel, modelName, refusalOf } from './modelItems';
import { notOnGitHubWords } from './openSkill';
import { pickSkill, whichSkill, type WhichSkillDeps } from './whichSkill';
import { isWorkspaceTrusted } from './workspaceTrust';

export interface FormFieldsDeps extends OptionDeps, WhichSkillDeps {
  catalog: OptionDeps['catalog'] & AnswerParts['catalog'];
}

type Change = (how: ChangeForm) => void;

/** The fields of a schedule's form that are chosen from lists, with the lists of a launch. */
export class FormFields implements ScheduleFields {
  readonly #deps: FormFieldsDeps;
  readonly #environments: LoadedList<Environment[]>;
  readonly #models: LoadedList<Models>;
  readonly #options: FormOptions;
  readonly #changed = new Emitter<undefined>();
  readonly #listening: Disposable[] = [];
  #skills: { here: WorkspaceSkills; cloud: CloudSkills } | undefined;
  #wantsSkills = false;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(deps: FormFieldsDeps) {
    const changed = (): void => {
      this.#changed.fire(undefined);
    };
    this.#deps = deps;
    this.#environments = new LoadedList(() => deps.catalog.environments(), changed);
    this.#models = new LoadedList(() => deps.catalog.models(), changed);
    this.#options = new FormOptions(deps, this.#changed);
    this.#environments.load();
    this.#models.load();
  }

  environment(id: string | undefined, known: string | undefined): NamedValue {
    const { t } = vscode.l10n;
    if (id === undefined) {
      return { name: noEnvironment().name, warnings: [] };
    }
    const environment = this.#environments.value?.find(({ uid }) => uid === id);
    const isMissing = this.#environments.value && !environment;
    const warnings = [
      isMissing ? t('This environment is not there any more, so no run can be started in it.') : '',
      environment?.setup_failed ? t('Its last setup failed.') : '',
    ];
    const name = environment ? environmentName(environment) : known;
    return { name: plain(name ?? id, 80), warnings: warnings.filter(Boolean) };
  }

  model(id: string | undefined): NamedValue {
    const { t } = vscode.l10n;
    const models = this.#models.value;
    if (id === undefined) {
      return { name: models ? plain(defaultModel(models).name, 80) : t('Default'), warnings: [] };
    }
    const model = models?.models.find((one) => one.id === id);
    const refusal = model && refusalOf(model);
    const warnings = [
      models && !model ? t('This model is not there any more.') : '',
      refusal ? t('It cannot be used at the moment: {0}.', refusal) : '',
    ];
    return { name: plain(model ? modelName(model) : id, 80), warnings: warnings.filter(Boolean) };
  }

  skill(spec: string): NamedValue {
    const { t } = vscode.l10n;
    this.#loadSkills();
    const here = this.#skills?.here.all.find(
      (skill) => skill.spec !== undefined && specKey(skill.spec) === specKey(spec),
    );
    const cloud = this.#skills?.cloud;
    const found = cloud?.bySpec(spec);
    const isElsewhere = here?.sight === 'uncommitted' || here?.sight === 'notPushed';
    const isReadBadly = found?.error !== undefined && found.error !== '';
    const warnings = [
      isElsewhere ? t('It was changed here and not pushed: the runs have it as it is on GitHub.') : '',
      here?.problem ? t('Line {0}: {1}', here.problem.line, skillProblemWords(here.problem)) : '',
      isReadBadly ? t('The cloud cannot read it: {0}', plain(found.error ?? '', 200)) : '',
      cloud?.status.kind === 'ready' && !found && here?.sight !== 'pushed'
        ? t('The cloud does not list it: an environment that has its repository is needed.')
        : '',
    ];
    const folder = skillPlace(spec)?.path?.split('/').at(-2);
    return { name: plain(here?.name ?? folder ?? spec, 80), warnings: warnings.filter(Boolean) };
  }

  identity(uid: string): NamedValue {
    return this.#options.identity(uid);
  }

  options(form: ScheduleForm): NamedOption[] {
    return this.#options.rows(form);
  }

  async askEnvironment(form: ScheduleForm, change: Change): Promise<void> {
    const id = form.environment;
    const current: Choice = id === undefined ? noEnvironment() : { id, name: this.environment(id, undefined).name };
    const choices = this.#choices(form, { environment: current });
    await choices.pickEnvironment();
    const { environment: picked } = choices.answers;
    if (picked && picked !== current) {
      change((others) => ({ ...others, environment: picked.id }));
    }
  }

  async askModel(form: ScheduleForm, change: Change): Promise<void> {
    const id = form.model;
    const current: Choice = { ...(id !== undefined && { id }), name: this.model(id).name };
    const choices = this.#choices(form, { model: current });
    await choices.pickModel();
    const { model: picked } = choices.answers;
    if (picked && picked !== current) {
      change((others) => ({ ...others, model: picked.id }));
    }
  }

  async askSkill(change: Change): Promise<void> {
    const { t } = vscode.l10n;
    const placeholder = t('Which skill do the runs follow?');
    const picked = await pickSkill(this.#deps, placeholder);
    if (!picked || ('uri' in picked && !(await isWorkspaceTrusted()))) {
      return;
    }
    const skill = await whichSkill(this.#deps, 'uri' in picked ? picked.uri : picked, placeholder);
    const spec = skill?.spec;
    if (skill && spec === undefined) {
      const why = t('A schedule reads the skill from GitHub at each run.');
      void vscode.window.showInformationMessage(`${notOnGitHubWords(skill)} ${why}`);
    } else if (skill && spec !== undefined) {
      change((form) => ({ ...form, skill: spec, name: form.name.trim() ? form.name : skill.name }));
    }
  }

  askServers(form: ScheduleForm, change: Change): Promise<void> {
    return this.#options.askServers(form, change);
  }

  askOption(item: number, form: ScheduleForm, change: Change): Promise<void> {
    return this.#options.ask(item, form, change);
  }

  dispose(): void {
    this.#isDisposed = true;
    disposeAll(this.#listening);
    this.#changed.dispose();
  }

  #choices({ skill }: ScheduleForm, last: AnswerParts['last']): LaunchChoices {
    return new LaunchChoices({
      catalog: this.#deps.catalog,
      last,
      lastWords: vscode.l10n.t('now'),
      settings: noLaunchSettings,
      repository: () => (skill === undefined ? undefined : skillPlace(skill)?.repository),
      needsRepository: false,
      canGoBack: false,
      hasPictures: () => false,
      changed: this.#changed,
    });
  }

  #loadSkills(): void {
    if (this.#wantsSkills) {
      return;
    }
    this.#wantsSkills = true;
    const changed = (): void => {
      this.#changed.fire(undefined);
    };
    Promise.all([this.#deps.skills(), this.#deps.cloudSkills()]).then(([here, cloud]) => {
      if (this.#isDisposed) {
        return;
      }
      this.#skills = { here, cloud };
      this.#listening.push(here.onDidChange(changed), cloud.onDidChange(changed), cloud.onDidChangeStatus(changed));
      here.start();
      void cloud.keepFresh();
      changed();
    }, changed);
  }
}
