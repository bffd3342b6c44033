"""The made and the bundled data, through the public functions. No network, no files but the package's own."""

import subprocess
import sys

import numpy as np
import pytest

from groundup import datasets
from groundup.datasets.bundled import NETWORK_FILE
from groundup.datasets.train_digits_network import accuracy, train


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_importing_the_package_pulls_in_nothing_heavy():
    heavy = "torch sklearn matplotlib pooch tqdm requests"
    code = f"import sys, groundup.datasets; print(*(set('{heavy}'.split()) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_public_name_exists():
    assert all(hasattr(datasets, name) for name in datasets.__all__)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("nor", lambda a, b: not (a or b)),
        ("xor", lambda a, b: a != b),
        ("xnor", lambda a, b: a == b),
    ],
)
def test_a_gate_is_its_truth_table_in_order(name, rule):
    X, y = datasets.gates(name)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == [int(rule(a, b)) for a, b in X]
    assert (X.dtype, y.dtype) == (np.float64, np.int64)


def test_a_gate_may_be_written_in_capitals():
    assert datasets.gates("XOR")[1].tolist() == [0, 1, 1, 0]


def test_an_unknown_gate_is_answered_with_the_names():
    with pytest.raises(ValueError, match=r"'maybe'.*and, or, nand, nor, xor, xnor"):
        datasets.gates("maybe")


def test_changing_a_gate_changes_no_later_gate():
    X, y = datasets.gates("and")
    X[:], y[:] = 9, 9
    assert datasets.gates("and")[1].tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("n", [2, 3, 100, 101])
def test_moons_have_exactly_n_rows_and_classes_as_equal_as_can_be(n):
    X, y = datasets.moons(n, 0.1, generator())
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((n, 2), np.float64, (n,), np.int64)
    assert np.bincount(y).tolist() == [n - n // 2, n // 2]


def test_moons_without_noise_lie_on_two_half_circles():
    X, y = datasets.moons(200, 0.0, generator())
    centers = np.array([[0.0, 0.0], [1.0, 0.5]])[y]
    assert np.allclose(np.linalg.norm(X - centers, axis=1), 1.0)
    assert (X[y == 0, 1] >= 0).all() and (X[y == 1, 1] <= 0.5).all()


@pytest.mark.parametrize(("n", "arms"), [(3, 3), (100, 3), (101, 5), (7, 2)])
def test_spirals_have_exactly_n_rows_and_classes_as_equal_as_can_be(n, arms):
    X, y = datasets.spirals(n, arms, 0.05, generator())
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((n, 2), np.float64, (n,), np.int64)
    counts = np.bincount(y, minlength=arms)
    assert len(counts) == arms and counts.max() - counts.min() <= 1


def test_spiral_arms_are_turned_copies_of_each_other():
    X, y = datasets.spirals(300, 3, 0.0, generator())
    arms = [X[y == arm] for arm in range(3)]
    first, second = (arm[np.argsort(np.linalg.norm(arm, axis=1))] for arm in arms[:2])
    turn = 2 * np.pi / 3
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    assert np.allclose(first @ rotation, second)


def test_sine_targets_follow_the_sine():
    X, targets = datasets.sine(500, 0.0, generator())
    assert (X.shape, targets.shape, X.dtype, targets.dtype) == ((500, 1), (500, 1), np.float64, np.float64)
    assert np.abs(X).max() <= np.pi and np.allclose(targets, np.sin(X))


def test_noise_is_a_standard_deviation():
    X, targets = datasets.sine(20_000, 0.3, generator())
    assert np.std(targets - np.sin(X)) == pytest.approx(0.3, rel=0.05)


MADE = {
    "moons": lambda rng: datasets.moons(60, 0.2, rng),
    "spirals": lambda rng: datasets.spirals(60, 3, 0.2, rng),
    "sine": lambda rng: datasets.sine(60, 0.2, rng),
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_the_same_seed_gives_the_same_points_and_another_seed_others(make):
    again = [make(generator(seed)) for seed in (1, 1, 2)]
    assert all(np.array_equal(a, b) for a, b in zip(again[0], again[1], strict=True))
    assert not np.array_equal(again[0][0], again[2][0])


@pytest.mark.parametrize("make", [MADE["moons"], MADE["spirals"]], ids=["moons", "spirals"])
def test_rows_are_shuffled(make):
    y = make(generator())[1]
    assert y.tolist() != sorted(y)


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_seed_instead_of_a_generator_is_refused_with_the_way_out(make):
    with pytest.raises(TypeError, match="default_rng"):
        make(0)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: datasets.moons(1, 0.1, generator()), "n=1"),
        (lambda: datasets.moons(-4, 0.1, generator()), "n=-4"),
        (lambda: datasets.sine(0, 0.1, generator()), "n=0"),
        (lambda: datasets.spirals(2, 3, 0.1, generator()), "at least 3"),
        (lambda: datasets.spirals(10, 1, 0.1, generator()), "arms=1"),
        (lambda: datasets.moons(10, -0.1, generator()), "noise=-0.1"),
        (lambda: datasets.sine(10, float("nan"), generator()), "noise=nan"),
    ],
)
def test_what_no_data_can_be_made_from_is_named(make, named):
    with pytest.raises(ValueError, match=named):
        make()


def test_a_fraction_of_a_point_is_refused():
    with pytest.raises(TypeError):
        datasets.moons(10.5, 0.1, generator())


def test_digits_are_scaled_rows_with_the_known_labels():
    X, y = datasets.digits()
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((1797, 64), np.float64, (1797,), np.int64)
    assert (X.min(), X.max()) == (0.0, 1.0)
    assert y[:10].tolist() == list(range(10))
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_every_fifth_digit_is_held_out():
    X, y = datasets.digits()
    X_train, y_train, X_test, y_test = datasets.digits_split()
    assert (X_train.shape, X_test.shape) == ((1437, 64), (360, 64))
    assert np.array_equal(X_test, X[::5]) and np.array_equal(y_test, y[::5])
    assert np.array_equal(X_train[:4], X[1:5]) and y_train[:5].tolist() == [1, 2, 3, 4, 6]


def test_the_given_network_reads_digits_it_never_saw():
    _, _, X_test, y_test = datasets.digits_split()
    layers = datasets.digits_network()
    assert [(W.shape, b.shape) for W, b in layers] == [((64, 32), (32,)), ((32, 10), (10,))]
    assert {array.dtype for layer in layers for array in layer} == {np.dtype(np.float64)}
    assert accuracy(X_test, y_test, layers) >= 0.96


def test_retraining_gives_the_given_network_again():
    X_train, y_train, X_test, y_test = datasets.digits_split()
    again = train(X_train, y_train, generator(7))
    assert accuracy(X_test, y_test, again) >= 0.95
    for (W, b), (W_given, b_given) in zip(again, datasets.digits_network(), strict=True):
        assert np.allclose(W, W_given, atol=1e-3) and np.allclose(b, b_given, atol=1e-3)


def test_the_network_file_is_small_and_needs_no_pickle():
    assert NETWORK_FILE.stat().st_size < 50_000
    with np.load(NETWORK_FILE, allow_pickle=False) as saved:
        assert sorted(saved) == ["W1", "W2", "b1", "b2"]


def test_malignant_is_one():
    X, y, names = datasets.breast_cancer()
    assert (X.shape, X.dtype, y.shape, y.dtype) == ((569, 30), np.float64, (569,), np.int64)
    assert np.bincount(y).tolist() == [357, 212]
    assert len(names) == 30
    radius = X[:, names.index("mean radius")]
    assert radius[y == 1].mean() > radius[y == 0].mean()


def test_chosen_measurements_come_in_the_order_asked_for():
    everything, _, all_names = datasets.breast_cancer()
    X, _, names = datasets.breast_cancer(["worst texture", "mean radius"])
    assert names == ["worst texture", "mean radius"]
    assert np.array_equal(X, everything[:, [all_names.index(name) for name in names]])


def test_a_misspelled_measurement_is_answered_with_close_matches():
    with pytest.raises(ValueError, match=r"'mean raduis'.*mean radius"):
        datasets.breast_cancer(["mean raduis"])


def test_a_measurement_like_no_other_is_answered_with_all_names():
    with pytest.raises(ValueError, match=r"mean radius.*worst fractal dimension"):
        datasets.breast_cancer(["zzzz"])


def test_a_bare_string_of_features_is_refused():
    with pytest.raises(TypeError, match=r"\['mean radius'\]"):
        datasets.breast_cancer("mean radius")
