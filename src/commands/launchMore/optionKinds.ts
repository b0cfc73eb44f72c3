import type { LaunchRequest } from '../../oz/types';
import { attachmentsOption, keptAttachmentsOption } from './attachmentsOption';
import { basePromptOption } from './basePromptOption';
import { conversationOption } from './conversationOption';
import { harnessOptions } from './harnessOptions';
import { identityOption } from './identityOption';
import { mcpOption } from './mcpOption';
import type { OptionDeps, OptionKind } from './optionKind';
import { parentRunOption } from './parentRunOption';
import {
  computerUseOption,
  idleTimeoutOption,
  interactiveOption,
  nameOption,
  ownerOption,
  sharingOption,
  workerHostOption,
} from './plainOptions';

/**
 * All options of a launch, in the order of their rows.
 * @param like the launch that this one is like
 */
export function optionKinds(deps: OptionDeps, like: LaunchRequest = {}): OptionKind[] {
  return [
    attachmentsOption(),
    ...(like.attachments ? [keptAttachmentsOption(like.attachments)] : []),
    basePromptOption(deps.draftsFolder),
    nameOption(),
    ownerOption(),
    identityOption(deps),
    ...harnessOptions(),
    mcpOption(like.config?.mcp_servers !== undefined),
    computerUseOption(),
    idleTimeoutOption(),
    workerHostOption(),
    sharingOption(),
    conversationOption(deps),
    parentRunOption(deps.runs),
    interactiveOption(),
  ];
}
