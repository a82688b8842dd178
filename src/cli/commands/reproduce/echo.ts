import { type Command, Option } from "commander";
import type { EchoOptions } from "../../echo-options.js";
import { NETWORK_SIZES } from "../../image-reproduction.js";
import { deviceOption, jsonOption, runsOption } from "../../options.js";

/** `narrows reproduce echo`. */
export function registerEcho(reproduce: Command): void {
  reproduce
    .command("echo")
    .description(
      'train the models of "Exact Rate-Distortion in Autoencoders via Echo Noise", fill its tables, draw its figures, and check its statements',
    )
    .addOption(
      new Option("--preset <name>", "how much to train").choices(["quick", "paper"]).default("quick"),
    )
    .option("--only <parts>", "some of table1,table2,table3,figures (all by default)")
    .option(
      "--data <names>",
      "some of binary-mnist,omniglot,fashion-mnist,mnist (for quick those that are there)",
    )
    .option(
      "--methods <names>",
      "some of echo,vae,info-vae,vae-maf,vae-vamp,iaf-prior,iaf-mmd,iaf-maf,iaf-vamp",
    )
    .option("--seeds <n>", "how many seeds, from 0 on (1 for quick, 10 for paper)")
    .option("--betas <values>", "of the curves (0.3,1,3,8 for quick; thirteen from 0.05 to 8 for paper)")
    .option("--epochs <n>", "of the models on images (10 for quick, 200 for paper)")
    .option("--steps <n>", "of the models on sprites (3000 for quick, 300000 for paper)")
    .addOption(
      new Option(
        "--sprites <grid>",
        "the images of Table 2: the published file, or a smaller grid drawn here",
      ).choices(["dsprites", "generated"]),
    )
    .addOption(
      new Option(
        "--networks <size>",
        "the networks on images: the paper's, or small ones (the preset's by default)",
      ).choices(NETWORK_SIZES),
    )
    .option("--small <dir>", "quick: folder of MNIST's t10k files and Omniglot's small archives", "data")
    .option("--workers <n>", "processes at work at the same time, one thread each", "2")
    .addOption(deviceOption())
    .addOption(runsOption())
    .option("--out <dir>", "folder of report.html, report.pdf, results.json and panels", "reproduction-echo")
    .option("--dry-run", "say what would be trained, and train nothing")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Table 1 is rate, distortion and -ELBO of nine methods, Table 2 how well dimensions stand for factors, Table 3 what the
dimensions of Echo's noise share; the figures are Figures 1 to 7. Each model is a run in the folder of runs. What is finished
there is not trained again; what was stopped, goes on, and what was measured is kept in the folder measured of --out. Ctrl-C
lets the workers save and exits with 130; the same command continues. A run that fails stops no other.

The preset paper needs the published data in the folder data ("narrows datasets get NAME" fetches them) and, of 100,000 steps
for each of hundreds of models, a device of its own. The preset quick trains small networks on small real images, which
every caption says.

Examples:
  narrows reproduce echo --dry-run
  narrows reproduce echo --small my-images --workers 2 --out echo
  narrows reproduce echo --only table1,table3 --methods echo,vae --epochs 5
  narrows reproduce echo --preset paper --only table1 --data binary-mnist --seeds 3 --device cuda --workers 1`,
    )
    .action(async (options: EchoOptions) => {
      const { reproduceEcho } = await import("../../run-reproduce-echo.js");
      process.exitCode = await reproduceEcho(options);
    });
}
