/** The paper's data, as configurations call them: CIFAR-10 in its main figures, MNIST in its appendix. */
export const DATA_NAMES = ["cifar10", "mnist"] as const;

export type DataName = (typeof DATA_NAMES)[number];

export const DATA_TITLES: Readonly<Record<DataName, string>> = { cifar10: "CIFAR-10", mnist: "MNIST" };
