/** What the paper says of dimensions that represent factors (Table 2). */
import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import { falling, rising } from "../../../reproduction/statements/numbers.js";
import type { Scores } from "../measures/sprites.js";
import { CHANNELS, type ChannelName, FACTOR_KINDS, type FactorKind, publishedScores } from "../published.js";
import { type Setting, TABLE_2_SETTINGS } from "../sprites.js";
import type { EchoView } from "./view.js";

type Statement = CheckedStatement<EchoView>;

const NAMES: Readonly<Record<keyof Scores, string>> = { factorVae: "FactorVAE score", mig: "MIG" };
const PLAIN = TABLE_2_SETTINGS[0]!;
/** The row with the middle weight: the published scores of all three are nearly the same. */
const WITHOUT_CORRELATION = TABLE_2_SETTINGS[5]!;

/** A code of Table 2. */
interface Code {
  readonly channel: ChannelName;
  readonly factors: FactorKind;
  readonly setting?: Setting;
}

function scoreOf(view: EchoView, { channel, factors, setting = PLAIN }: Code, of: keyof Scores): ClaimNumber {
  const { beta, gamma, row } = setting;
  return {
    label: `${NAMES[of]} of ${channel}, beta = ${beta}, gamma = ${gamma}`,
    value: view.score(channel, factors, setting, of),
    published: publishedScores(row, factors, channel)[of],
  };
}

/** The scores of two codes are in this order. */
function ordered(
  about: Omit<Statement, "check">,
  order: typeof rising,
  of: keyof Scores,
  codes: readonly Code[],
): Statement {
  return { ...about, check: (view) => order(...codes.map((code) => scoreOf(view, code, of))) };
}

function echoAboveVae(factors: FactorKind, of: keyof Scores): Statement {
  const about = {
    id: `echo-above-vae-${factors}-${of === "mig" ? "mig" : "factor-vae"}`,
    statement: `Without any further pressure, Echo's dimensions represent ${factors} factors better than the VAE's, by ${NAMES[of]}.`,
    rule: `At beta = 1 and gamma = 0 the mean ${NAMES[of]} of the means of the codes on the whole grid is higher for Echo, both trained on ${factors} factors.`,
  };
  return ordered(
    about,
    falling,
    of,
    CHANNELS.map((channel) => ({ channel, factors })),
  );
}

function gammaRaisesMig(channel: ChannelName): Statement {
  const about = {
    id: `gamma-raises-mig-${channel.toLowerCase()}`,
    statement: `A price on total correlation raises the MIG of ${channel} on independent factors.`,
    rule: `On independent factors the mean MIG of the means of the codes is higher at gamma = ${WITHOUT_CORRELATION.gamma} than at gamma = 0, both at beta = 1.`,
  };
  const plain = { channel, factors: "independent" } as const;
  return ordered(about, rising, "mig", [plain, { ...plain, setting: WITHOUT_CORRELATION }]);
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
    rule: "At beta = 1 and gamma = 0 the mean FactorVAE score of the means of the codes is lower after training on dependent factors, for Echo and for the VAE.",
    check: (view) => {
      const pairs = CHANNELS.map((channel) => {
        const [independent, dependent] = FACTOR_KINDS.map((factors) => {
          const number = scoreOf(view, { channel, factors }, "factorVae");
          return { ...number, label: `${number.label}, ${factors}` };
        });
        return { independent: independent!, dependent: dependent! };
      });
      return {
        holds: pairs.every(({ independent, dependent }) => dependent.value < independent.value),
        numbers: pairs.flatMap(({ independent, dependent }) => [independent, dependent]),
      };
    },
  },
  ordered(
    {
      id: "gamma-hurts-dependent",
      statement: "Pressed to be independent, codes of dependent factors find them worse.",
      rule: `On dependent factors the mean FactorVAE score of the means of Echo's codes is lower at gamma = ${WITHOUT_CORRELATION.gamma} than at gamma = 0, both at beta = 1.`,
    },
    falling,
    "factorVae",
    [
      { channel: "Echo", factors: "dependent" },
      { channel: "Echo", factors: "dependent", setting: WITHOUT_CORRELATION },
    ],
  ),
];
