/** What the paper says of dimensions that stand for factors (Table 2). */
import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import type { Scores } from "../measures/sprites.js";
import { type ChannelName, type FactorKind, publishedScores } from "../published.js";
import { type Setting, TABLE_2_SETTINGS } from "../sprites.js";
import type { EchoView } from "./view.js";

type Statement = CheckedStatement<EchoView>;

const NAMES: Readonly<Record<keyof Scores, string>> = { factorVae: "FactorVAE score", mig: "MIG" };
const PLAIN = TABLE_2_SETTINGS[0]!;
/** The row with the middle weight: the published scores of all three are nearly the same. */
const WITHOUT_CORRELATION = TABLE_2_SETTINGS[5]!;

function scoreOf(
  view: EchoView,
  channel: ChannelName,
  factors: FactorKind,
  setting: Setting,
  of: keyof Scores,
): ClaimNumber {
  const { beta, gamma, row } = setting;
  return {
    label: `${NAMES[of]} of ${channel}, beta = ${beta}, gamma = ${gamma}`,
    value: view.score(channel, factors, setting, of),
    published: publishedScores(row, factors, channel)[of],
  };
}

function echoAboveVae(factors: FactorKind, of: keyof Scores): Statement {
  return {
    id: `echo-above-vae-${factors}-${of === "mig" ? "mig" : "factor-vae"}`,
    statement: `Without any further pressure, Echo's dimensions stand for ${factors} factors better than the VAE's, by ${NAMES[of]}.`,
    rule: `At beta = 1 and gamma = 0 the mean ${NAMES[of]} of the codes' centres on the whole grid is higher for Echo, both trained on ${factors} factors.`,
    check: (view) => {
      const [echo, vae] = (["Echo", "VAE"] as const).map((channel) =>
        scoreOf(view, channel, factors, PLAIN, of),
      );
      return { holds: echo!.value > vae!.value, numbers: [echo!, vae!] };
    },
  };
}

function gammaRaisesMig(channel: ChannelName): Statement {
  return {
    id: `gamma-raises-mig-${channel.toLowerCase()}`,
    statement: `A price on total correlation raises the MIG of ${channel} on independent factors.`,
    rule: `On independent factors the mean MIG of the codes' centres is higher at gamma = ${WITHOUT_CORRELATION.gamma} than at gamma = 0, both at beta = 1.`,
    check: (view) => {
      const [plain, priced] = [PLAIN, WITHOUT_CORRELATION].map((setting) =>
        scoreOf(view, channel, "independent", setting, "mig"),
      );
      return { holds: priced!.value > plain!.value, numbers: [plain!, priced!] };
    },
  };
}

export const FACTOR_STATEMENTS: readonly Statement[] = [
  echoAboveVae("independent", "factorVae"),
  echoAboveVae("independent", "mig"),
  echoAboveVae("dependent", "factorVae"),
  gammaRaisesMig("Echo"),
  gammaRaisesMig("VAE"),
  {
    id: "dependence-lowers-scores",
    statement: "Where factors depend on each other, both methods find them worse.",
    rule: "At beta = 1 and gamma = 0 the mean FactorVAE score of the codes' centres is lower after training on dependent factors, for Echo and for the VAE.",
    check: (view) => {
      const pairs = (["Echo", "VAE"] as const).map((channel) => ({
        independent: scoreOf(view, channel, "independent", PLAIN, "factorVae"),
        dependent: scoreOf(view, channel, "dependent", PLAIN, "factorVae"),
      }));
      return {
        holds: pairs.every(({ independent, dependent }) => dependent.value < independent.value),
        numbers: pairs.flatMap(({ independent, dependent }) => [
          { ...independent, label: `${independent.label}, independent` },
          { ...dependent, label: `${dependent.label}, dependent` },
        ]),
      };
    },
  },
  {
    id: "gamma-hurts-dependent",
    statement: "Pressed to be independent, codes of dependent factors find them worse.",
    rule: `On dependent factors the mean FactorVAE score of Echo's centres is lower at gamma = ${WITHOUT_CORRELATION.gamma} than at gamma = 0, both at beta = 1.`,
    check: (view) => {
      const [plain, priced] = [PLAIN, WITHOUT_CORRELATION].map((setting) =>
        scoreOf(view, "Echo", "dependent", setting, "factorVae"),
      );
      return { holds: priced!.value < plain!.value, numbers: [plain!, priced!] };
    },
  },
];
