"""Tests to start from, in the order in which README.md builds the library.

Each looks at one thing on a small example; the wanted numbers were worked out by hand or by PyTorch. When all pass,
`groundup check-library` asks everything else.
"""

from __future__ import annotations

import io
import warnings

import numpy as np
import pytest

from groundup_nn import (
    activations,
    callbacks,
    data,
    gradient_check,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    visualization,
)


def small_dense():
    """A Dense layer of three inputs and two outputs, with weights that are easy to calculate with."""
    dense = layers.Dense(3, 2, np.random.default_rng(0))
    dense.params["W"][...] = [[1, 2], [3, 4], [5, 6]]
    dense.params["b"][...] = [10, 20]
    return dense


def xor():
    """The four rows of XOR, and their labels as BinaryCrossEntropy takes them."""
    return np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32), np.array([[0], [1], [1], [0]], np.float32)


def small_model(seed=0, dtype=np.float32):
    """Two inputs, sixteen hidden units, one logit."""
    rng = np.random.default_rng(seed)
    return models.Sequential(
        [layers.Dense(2, 16, rng, dtype=dtype), activations.Tanh(), layers.Dense(16, 1, rng, dtype=dtype)]
    )


def trained(model, epochs, **options):
    """Train the model on XOR, all four rows in a batch; return its History."""
    X, y = xor()
    adam, rng = optimizers.Adam(learning_rate=0.05), np.random.default_rng(1)
    return model.fit(X, y, losses.BinaryCrossEntropy(), adam, rng, epochs=epochs, batch_size=4, **options)


# 1 · layers.Layer and activations


def test_a_layer_has_three_dictionaries_that_begin_empty():
    layer = layers.Layer()
    assert layer.params == {} and layer.grads == {} and layer.state == {}


def test_relu_lets_through_what_is_above_0_and_its_gradient():
    relu = activations.ReLU()
    np.testing.assert_array_equal(relu.forward(np.array([[-2.0, 0.0, 3.0]])), [[0, 0, 3]])
    np.testing.assert_array_equal(relu.backward(np.array([[10.0, 20.0, 30.0]])), [[0, 0, 30]])


def test_sigmoid_and_tanh_have_their_steepest_slope_at_0_and_do_not_overflow():
    zero, one = np.zeros((1, 1)), np.ones((1, 1))
    sigmoid, tanh = activations.Sigmoid(), activations.Tanh()
    assert sigmoid.forward(zero) == 0.5 and sigmoid.backward(one) == 0.25
    assert tanh.forward(zero) == 0.0 and tanh.backward(one) == 1.0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(sigmoid.forward(np.array([-1000.0, 1000.0])), [0, 1], atol=1e-12)


def test_softmax_makes_rows_of_probabilities():
    softmax = activations.Softmax()
    logits = np.array([[0.0, np.log(3.0)], [1000.0, 1000.0]])
    np.testing.assert_allclose(softmax.forward(logits), [[0.25, 0.75], [0.5, 0.5]])
    np.testing.assert_allclose(softmax.backward(np.array([[4.0, 0.0], [1.0, 1.0]])), [[0.75, -0.75], [0, 0]])


# 2 · losses


def test_mse_is_a_mean_over_all_entries_and_does_not_broadcast():
    mse = losses.MSE()
    assert mse.forward(np.array([[1.0, 2.0]]), np.array([[3.0, 2.0]])) == 2.0
    np.testing.assert_allclose(mse.backward(), [[-2, 0]])
    with pytest.raises(ValueError):
        mse.forward(np.zeros((3, 1)), np.zeros(3))


def test_cross_entropy_takes_logits_and_labels():
    loss = losses.CrossEntropy()
    assert loss.forward(np.array([[0.0, np.log(3.0)]]), np.array([1])) == pytest.approx(0.287682, rel=1e-5)
    np.testing.assert_allclose(loss.backward(), [[0.25, -0.25]])
    assert loss.forward(np.array([[1000.0, -1000.0]]), np.array([1])) == pytest.approx(2000)


def test_binary_cross_entropy_of_an_unsure_logit_is_log_2():
    loss = losses.BinaryCrossEntropy()
    assert loss.forward(np.zeros((2, 1)), np.array([[1.0], [0.0]])) == pytest.approx(0.693147, rel=1e-5)
    np.testing.assert_allclose(loss.backward(), [[-0.25], [0.25]])


# 3 · layers.Dense


def test_dense_is_a_matrix_product_and_a_bias():
    np.testing.assert_array_equal(small_dense().forward(np.array([[1.0, 0.0, 2.0]])), [[21, 34]])


def test_dense_fills_its_gradients_and_does_not_add_them_up():
    dense = small_dense()
    dense.forward(np.array([[1.0, 0.0, 2.0]]))
    for _ in range(2):
        np.testing.assert_array_equal(dense.backward(np.array([[1.0, -1.0]])), [[-1, -1, -1]])
        np.testing.assert_array_equal(dense.grads["W"], [[1, -1], [0, 0], [2, -2]])
        np.testing.assert_array_equal(dense.grads["b"], [1, -1])


def test_dense_draws_its_weights_from_the_rng_by_the_scheme():
    dense, again = (layers.Dense(400, 300, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(dense.params["W"], again.params["W"])
    assert dense.params["W"].std() == pytest.approx(0.0707, rel=0.02) and dense.params["W"].dtype == np.float32
    assert not dense.params["b"].any()


def test_dense_says_at_once_when_an_input_has_the_wrong_shape():
    dense = small_dense()
    with pytest.raises(ValueError):
        dense.forward(np.zeros((5, 4)))


# 4 · gradient_check


def test_a_numerical_gradient_comes_close_and_errors_are_relative():
    x = np.array([1.0, -3.0])
    np.testing.assert_allclose(gradient_check.numerical_gradient(lambda x: float(np.sum(x**2)), x), [2, -6], rtol=1e-6)
    np.testing.assert_array_equal(x, [1, -3])
    assert gradient_check.relative_error(np.array([1.0, 2.0]), np.array([1.0, 2.5])) == pytest.approx(0.2)


# 5 · optimizers


def test_sgd_changes_the_arrays_in_place_and_adds_the_weight_decay():
    w, g = np.array([1.0, 2.0]), np.array([10.0, -10.0])
    optimizers.SGD(learning_rate=0.1).step([w], [g])
    np.testing.assert_allclose(w, [0, 3])
    optimizers.SGD(learning_rate=0.1, weight_decay=0.5).step([w], [g])
    np.testing.assert_allclose(w, [-1, 3.85])
    np.testing.assert_array_equal(g, [10, -10])


@pytest.mark.parametrize(
    ("name", "wanted"), [("Momentum", [-0.1, 0.11]), ("RMSProp", [-1.0, -0.050842]), ("Adam", [-0.1, -0.050581])]
)
def test_an_optimizer_remembers_the_steps_before(name, wanted):
    optimizer, w = getattr(optimizers, name)(learning_rate=0.1), np.zeros(1)
    for gradient, value in zip([1.0, -3.0], wanted, strict=True):
        optimizer.step([w], [np.array([gradient])])
        assert w[0] == pytest.approx(value, rel=1e-4)


# 6 · data


def test_a_loader_gives_every_row_once_with_its_label():
    X, y = np.arange(10.0).reshape(5, 2), np.arange(5)
    assert len(data.BatchLoader(X, y, batch_size=2)) == 3
    assert [len(rows) for rows, _ in data.BatchLoader(X, y, batch_size=2)] == [2, 2, 1]
    seen = []
    for rows, labels in data.BatchLoader(X, y, batch_size=2, rng=np.random.default_rng(0)):
        seen += zip(rows[:, 0].tolist(), labels.tolist(), strict=True)
    assert sorted(seen) == [(0, 0), (2, 1), (4, 2), (6, 3), (8, 4)]


def test_a_split_has_every_row_on_one_side():
    X, y = np.arange(10.0).reshape(10, 1), np.arange(10)
    X_train, y_train, X_val, y_val = data.train_val_split(X, y, 0.3, np.random.default_rng(0))
    assert len(X_train) == 7 and len(X_val) == 3 and sorted([*y_train, *y_val]) == list(range(10))
    np.testing.assert_array_equal(X_val[:, 0], y_val)


# 7 · models.Sequential, and callbacks.History


def test_a_model_runs_through_its_layers_there_and_back():
    model = models.Sequential([small_dense(), activations.ReLU()])
    np.testing.assert_array_equal(model.forward(np.array([[1.0, 0.0, 2.0], [-9.0, 0.0, 0.0]])), [[21, 34], [1, 2]])
    np.testing.assert_array_equal(model.backward(np.array([[1.0, -1.0], [0.0, 1.0]])), [[-1, -1, -1], [2, 4, 6]])


def test_a_model_learns_xor():
    model = small_model()
    history = trained(model, epochs=200)
    assert len(history.logs["loss"]) == 200 and history.logs["loss"][-1] < 0.1
    np.testing.assert_array_equal(model.predict(xor()[0]) > 0, [[False], [True], [True], [False]])


def test_a_saved_model_predicts_the_same_when_it_is_loaded(tmp_path):
    X, y = xor()
    model, other = small_model(seed=0), small_model(seed=1)
    model.save(tmp_path / "xor.npz")
    other.load(tmp_path / "xor.npz")
    np.testing.assert_array_equal(other.predict(X), model.predict(X, batch_size=4))
    assert other.evaluate(X, y, losses.BinaryCrossEntropy()) == model.evaluate(X, y, losses.BinaryCrossEntropy())


def test_all_gradients_of_a_model_agree_with_finite_differences():
    X, y = xor()
    model, loss = small_model(dtype=np.float64), losses.BinaryCrossEntropy()
    errors = gradient_check.check_gradients(model, loss, X.astype(np.float64), y)
    assert set(errors) == {"X", "0.W", "0.b", "2.W", "2.b"} and max(errors.values()) < 1e-6


# 8 · metrics


def test_labels_come_from_logits_of_one_column_or_of_several():
    np.testing.assert_array_equal(metrics.labels_of(np.array([[1.0, 5.0, 2.0], [3.0, 0.0, 1.0]])), [1, 0])
    np.testing.assert_array_equal(metrics.labels_of(np.array([[0.5], [-0.5]])), [1, 0])


def test_accuracy_precision_and_recall_are_read_off_the_confusion_matrix():
    predicted, y = np.array([0, 2, 2, 2]), np.array([0, 1, 2, 2])
    assert metrics.accuracy(predicted, y) == 0.75
    np.testing.assert_array_equal(metrics.confusion_matrix(predicted, y), [[1, 0, 0], [0, 0, 1], [0, 0, 2]])
    np.testing.assert_allclose(metrics.precision(predicted, y), [1, 0, 2 / 3])
    np.testing.assert_allclose(metrics.recall(predicted, y), [1, 0, 1])


# 9 · layers that behave differently in training


def test_dropout_keeps_the_mean_and_does_nothing_outside_training():
    dropout, X = layers.Dropout(0.5, np.random.default_rng(0)), np.ones((100, 100))
    np.testing.assert_array_equal(dropout.forward(X), X)
    out = dropout.forward(X, training=True).copy()
    assert set(np.unique(out)) == {0.0, 2.0} and out.mean() == pytest.approx(1, abs=0.1)
    np.testing.assert_array_equal(dropout.backward(X), out)


def test_batch_norm_normalizes_with_the_batch_and_remembers_it():
    norm = layers.BatchNorm(1)
    np.testing.assert_allclose(norm.forward(np.array([[1.0], [3.0]]), training=True), [[-1], [1]], rtol=1e-4)
    np.testing.assert_allclose(norm.state["running_mean"], [0.2], rtol=1e-6)
    np.testing.assert_allclose(norm.state["running_var"], [1.1], rtol=1e-6)
    np.testing.assert_allclose(norm.forward(np.array([[0.2]])), [[0]], atol=1e-6)


# 10 · callbacks and visualization


def test_early_stopping_loses_its_patience():
    stopping = callbacks.EarlyStopping(monitor="loss", patience=2, min_delta=1000.0)
    assert len(trained(small_model(), epochs=50, callbacks=[stopping]).logs["loss"]) == 3


def test_only_the_progress_bar_writes_and_only_to_its_stream(capsys):
    stream = io.StringIO()
    trained(small_model(), epochs=2, callbacks=[callbacks.ProgressBar(stream)])
    assert "loss" in stream.getvalue() and capsys.readouterr().out == ""


def test_training_curves_come_as_a_figure_with_labeled_axes():
    pytest.importorskip("matplotlib", reason="pictures need matplotlib: pip install matplotlib")
    history = callbacks.History()
    for epoch, loss in enumerate([2.0, 1.0, 0.5]):
        history.on_epoch_end(None, epoch, {"loss": loss})
    axes = visualization.plot_training_curves(history).axes[0]
    assert axes.get_xlabel() and axes.get_ylabel()


# A stretch: images


def test_a_convolution_adds_up_windows():
    conv = layers.Conv2D(1, 1, 2, np.random.default_rng(0))
    conv.params["W"][...], conv.params["b"][...] = 1, 1
    np.testing.assert_array_equal(conv.forward(np.ones((1, 3, 3, 1)))[0, :, :, 0], [[5, 5], [5, 5]])
    np.testing.assert_array_equal(conv.backward(np.ones((1, 2, 2, 1)))[0, :, :, 0], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


def test_pooling_sends_the_gradient_to_the_largest_entry():
    pool = layers.MaxPool2D(2)
    image = np.array([[1.0, 2.0, 0.0], [4.0, 3.0, 0.0], [0.0, 0.0, 0.0]]).reshape(1, 3, 3, 1)
    assert pool.forward(image).item() == 4
    np.testing.assert_array_equal(
        pool.backward(np.full((1, 1, 1, 1), 7.0))[0, :, :, 0], [[0, 0, 0], [7, 0, 0], [0, 0, 0]]
    )
