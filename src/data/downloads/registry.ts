/**
 * Where the published data sets lie, and by what their files are known.
 *
 * The checksums are not ours: we had no network when they were written down. SHA-256 and sizes are those that TensorFlow
 * Datasets verifies (tensorflow_datasets/url_checksums/binarized_mnist.txt, mnist.txt, fashion_mnist.txt, cifar10.txt); the MD5
 * of dSprites is in many loaders (the latte library among them), that of Burda's Omniglot in one, built on tfsnippet.
 */

/** By what a file's content is known. */
export interface Checksum {
  readonly algorithm: "sha256" | "md5";
  /** Lower-case hexadecimal digits. */
  readonly digits: string;
}

/** What a downloaded file must be. */
export interface Expected {
  /** Where it is known. */
  readonly bytes?: number;
  readonly checksum: Checksum;
}

export interface DownloadFile extends Expected {
  readonly name: string;
  readonly url: string;
}

export interface Download {
  readonly about: string;
  readonly files: readonly DownloadFile[];
  /** Whether the files are `.tar.gz` archives to be unpacked in their own folder. */
  readonly unpack?: true;
}

/** Files in a folder, one per line: name, bytes (- where not known), and SHA-256 or MD5 in hexadecimal digits. */
function filesOf(folderUrl: string, list: string): DownloadFile[] {
  return [...list.matchAll(/(\S+) (\d+|-) (\S+)/g)].map(([, name = "", bytes, digits = ""]) => ({
    name,
    url: `${folderUrl}/${name}`,
    ...(bytes !== "-" && { bytes: Number(bytes) }),
    checksum: { algorithm: digits.length === 64 ? "sha256" : "md5", digits },
  }));
}

export const DOWNLOADS = {
  "binary-mnist": {
    about: "MNIST binarised once and for all (Salakhutdinov and Murray), 110 MB",
    files: filesOf(
      "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist",
      `binarized_mnist_train.amat 78400000 ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d
       binarized_mnist_valid.amat 15680000 1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2
       binarized_mnist_test.amat 15680000 e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c`,
    ),
  },
  mnist: {
    about: "MNIST in grey (LeCun, Cortes and Burges), 12 MB",
    files: filesOf(
      "https://storage.googleapis.com/cvdf-datasets/mnist",
      `train-images-idx3-ubyte.gz 9912422 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609
       train-labels-idx1-ubyte.gz 28881 3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c
       t10k-images-idx3-ubyte.gz 1648877 8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6
       t10k-labels-idx1-ubyte.gz 4542 f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6`,
    ),
  },
  "fashion-mnist": {
    about: "clothes in grey, in the form of MNIST (Xiao, Rasul and Vollgraf), 31 MB",
    files: filesOf(
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
      `train-images-idx3-ubyte.gz 26421880 3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84
       train-labels-idx1-ubyte.gz 29515 a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845
       t10k-images-idx3-ubyte.gz 4422102 346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073
       t10k-labels-idx1-ubyte.gz 5148 67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5`,
    ),
  },
  omniglot: {
    about: "handwritten characters at 28 x 28 as Burda et al. prepared them",
    files: filesOf(
      "https://raw.githubusercontent.com/yburda/iwae/master/datasets/OMNIGLOT",
      `chardata.mat - 21ecaf34373511aa7691cf2e0802aa3d`,
    ),
  },
  dsprites: {
    about: "737,280 sprites by shape, scale, orientation and position (Matthey et al.), 26 MB",
    files: filesOf(
      "https://github.com/google-deepmind/dsprites-dataset/raw/master",
      `dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz - 7da33b31b13a06f4b04a70402ce90c2e`,
    ),
  },
  cifar10: {
    about: "small pictures in colour (Krizhevsky), 170 MB, and as much again unpacked",
    files: filesOf(
      "https://www.cs.toronto.edu/~kriz",
      `cifar-10-binary.tar.gz 170052171 c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd`,
    ),
    unpack: true,
  },
} as const satisfies Record<string, Download>;

export type DownloadName = keyof typeof DOWNLOADS;

export const DOWNLOAD_NAMES = Object.keys(DOWNLOADS) as readonly DownloadName[];
