"""The topic sampler beside tomotopy, gensim and scikit-learn, on one bag of words.

    python3 -m venv peers && peers/bin/pip install tomotopy gensim scikit-learn
    cargo build --release --benches
    peers/bin/python benches/peers/topics.py docword.txt[.gz] vocab.txt \
        target/release/deps/topics-<hash> [--seeds 6] [--sweeps 100]

Speed: million words that one worker draws (or, for variational methods, goes through) in a second
of its core's time, the best of five runs; so other work on the machine counts little. The gain of
two shards is by the clock. Quality: every tenth document is held out; half of its words (drawn
at random) fix its shares of topics by the same fixed point for both programs, the other half is
foretold. Perplexity of that half, and NPMI of the ten top words over all documents.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: one worker for every program

import numpy as np
from scipy import sparse


def read(path):
    """The bag of words as a sparse matrix, one row a document."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt") as file:
        d, w, _ = (int(file.readline()) for _ in range(3))
        rows = np.loadtxt(file, dtype=np.int64)
    return sparse.csr_matrix((rows[:, 2], (rows[:, 0] - 1, rows[:, 1] - 1)), shape=(d, w))


def write(matrix, path):
    entries = matrix.tocoo()
    order = np.lexsort((entries.col, entries.row))
    with open(path, "w") as file:
        file.write(f"{matrix.shape[0]}\n{matrix.shape[1]}\n{matrix.nnz}\n")
        for i in order:
            file.write(f"{entries.row[i] + 1} {entries.col[i] + 1} {entries.data[i]}\n")


def documents(matrix):
    return [np.repeat(row.indices, row.data) for row in matrix]


def best(run, words, times=5):
    """Million words a second, the best of several runs."""
    seconds = []
    for _ in range(times):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    return words / min(seconds) / 1e6


def tomotopy_model(matrix, names, topics, seed):
    import tomotopy

    model = tomotopy.LDAModel(k=topics, alpha=0.1, eta=0.01, seed=seed, rm_top=0, min_cf=0)
    for document in documents(matrix):
        model.add_doc([names[w] for w in document])
    model.train(0)
    return model


def tomotopy_topics(model, names, vocabulary):
    """Weights of topics, and their words in the order of `names`."""
    place = {name: w for w, name in enumerate(names)}
    columns = np.array([place[name] for name in model.used_vocabs])
    found = np.full((model.k, vocabulary), 1e-12)
    for k in range(model.k):
        found[k, columns] = model.get_topic_word_dist(k)
    return np.array(model.alpha, dtype=float), found


def perplexity(alpha, topics, held_out, steps=50):
    luck = np.random.default_rng(1)
    total, count = 0.0, 0
    for words in documents(held_out):
        known = luck.random(len(words)) < 0.5
        seen, hidden = topics[:, words[known]], topics[:, words[~known]]
        shares = alpha / alpha.sum()
        for _ in range(steps):
            part = shares[:, None] * seen
            shares = alpha + (part / part.sum(axis=0)).sum(axis=1)
            shares /= shares.sum()
        total += np.log(shares @ hidden).sum()
        count += hidden.shape[1]
    return np.exp(-total / count)


def coherence(topics, matrix, top=10):
    """NPMI of the top words, mean over pairs and topics."""
    present = (matrix > 0).astype(np.int64).tocsc()
    n = matrix.shape[0]
    values = []
    for row in topics:
        words = np.argsort(-row)[:top]
        columns = present[:, words]
        both = (columns.T @ columns).toarray() / n
        for i in range(top):
            for j in range(i):
                p = both[i, j]
                known = p > 0
                values.append(np.log(p / both[i, i] / both[j, j]) / -np.log(p) if known else -1)
    return np.mean(values)


def speeds(args, matrix, names, path):
    words = int(matrix.sum())
    print(f"{'topics':>6} {'program':<28} million words a core and second")
    for topics in (20, 50, 100):
        for name, command in (("cogov", ["speed", path, topics, 0]),
                              ("cogov, 6 x 12 keywords", ["speed", path, topics, 12]),
                              ("  gain of two shards", ["shards", path, topics])):
            command = [args.program, *map(str, command)]
            value = float(subprocess.run(command, capture_output=True, check=True).stdout)
            print(f"{topics:6} {name:<28} {value:6.2f}", flush=True)
        model = tomotopy_model(matrix, names, topics, 1)
        model.train(20, workers=1)
        value = best(lambda: model.train(5, workers=1), 5 * words)
        print(f"{topics:6} {'tomotopy':<28} {value:6.2f}", flush=True)
        if not args.quick:
            slow(matrix, topics)


def slow(matrix, topics):
    """The variational programs, on a tenth of the documents."""
    from gensim.models import LdaModel
    from sklearn.decomposition import LatentDirichletAllocation

    part = matrix[::10]
    words = int(part.sum())
    corpus = [list(zip(row.indices.tolist(), row.data.tolist())) for row in part]
    names = {w: str(w) for w in range(matrix.shape[1])}
    run = lambda: LdaModel(corpus, num_topics=topics, id2word=names, passes=1, random_state=1)
    print(f"{topics:6} {'gensim':<28} {best(run, words, 2):6.2f}", flush=True)
    run = LatentDirichletAllocation(topics, max_iter=1, random_state=1, n_jobs=1).fit
    print(f"{topics:6} {'scikit-learn':<28} {best(lambda: run(part), words, 2):6.2f}", flush=True)


def quality(args, matrix, names, folder):
    training, held_out = matrix[np.arange(matrix.shape[0]) % 10 != 0], matrix[::10]
    path = f"{folder}/training.bow"
    write(training, path)
    rows = {"cogov": [], "tomotopy": []}
    for seed in range(1, args.seeds + 1):
        command = [args.program, "fit", path, "50", str(args.sweeps), str(seed), f"{folder}/t.bin"]
        subprocess.run(command, check=True)
        values = np.fromfile(f"{folder}/t.bin", dtype="<f4").astype(float)
        alpha, topics = values[:50], values[50:].reshape(50, -1)
        rows["cogov"].append((perplexity(alpha, topics, held_out), coherence(topics, matrix)))
        model = tomotopy_model(training, names, 50, seed)
        model.train(args.sweeps, workers=1)
        alpha, topics = tomotopy_topics(model, names, matrix.shape[1])
        rows["tomotopy"].append((perplexity(alpha, topics, held_out), coherence(topics, matrix)))
        print(f"seed {seed}:", {k: np.round(v[-1], 4).tolist() for k, v in rows.items()}, flush=True)
    for name, found in rows.items():
        p, c = np.mean(found, axis=0)
        print(f"{name:<10} 50 topics, {args.sweeps} sweeps: perplexity {p:.1f}, NPMI {c:.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("docword")
    parser.add_argument("vocab")
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--sweeps", type=int, default=100)
    parser.add_argument("--quick", action="store_true", help="leave out gensim and scikit-learn")
    args = parser.parse_args()
    matrix = read(args.docword)
    with open(args.vocab, encoding="utf-8") as file:
        names = [f"{i}:{line.strip()}" for i, line in enumerate(file)]
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/all.bow"
        write(matrix, path)
        speeds(args, matrix, names, path)
        if args.seeds:
            quality(args, matrix, names, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
