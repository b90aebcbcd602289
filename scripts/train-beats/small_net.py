"""The small networks of the bar and of the sections: causal, of dilated convolutions with residuals, as `DilatedNet` in packages/audio/src/net computes them; and their training."""
import numpy as np
import jax
import jax.numpy as jnp

SEED, WARM, DECAY, LEFT_OUT = 1, 50, .003, .15
"""Seed of all that is drawn; steps to reach the rate; decay of the weights at full rate; share of the channels that are left out in training."""


def init(width, channels, blocks, bias):
    """Weights for inputs of this width; the dilations are powers of two. bias: of the logits, one for each exit."""
    rng = np.random.default_rng(SEED)
    w = lambda i, o, g=1.: jnp.asarray(rng.standard_normal((i, o)) * np.sqrt(1.5 / i) * g, jnp.float32)
    z = lambda o: jnp.zeros(o, jnp.float32)
    p = dict(w_in=w(width, channels), b_in=z(channels), w_out=w(channels, len(bias), .3), b_out=jnp.asarray(bias, jnp.float32))
    for k in range(blocks):
        p[f'w{k}'], p[f'b{k}'], p[f'r{k}'] = w(3 * channels, channels), z(channels), w(channels, channels, .5)
    return p


def back(x, steps):
    return jnp.pad(x, ((0, 0), (steps, 0), (0, 0)))[:, :x.shape[1]]


def forward(p, x, key=None):
    """(clips, steps, inputs) -> logits of the exits (clips, steps, exits). key: leave channels out."""
    blocks = sum(name.startswith('r') for name in p)

    def some(h, k):
        return h if key is None else h * jax.random.bernoulli(jax.random.fold_in(key, k), 1 - LEFT_OUT, (h.shape[0], 1, h.shape[2])) / (1 - LEFT_OUT)
    h = jax.nn.relu(some(x, blocks) @ p['w_in'] + p['b_in'])
    for k in range(blocks):
        d = 2 ** k
        y = jax.nn.relu(jnp.concatenate([back(h, 2 * d), back(h, d), h], -1) @ p[f'w{k}'] + p[f'b{k}'])
        h = h + some(y, k) @ p[f'r{k}']
    return jax.nn.relu(h) @ p['w_out'] + p['b_out']


def fitted(p, batch, steps, highest, keep):
    """The running mean of the weights after this many steps. batch(rng): inputs, the right exits, and which of them are judged (0 or 1); highest: the rate, which falls to nothing; keep: share of the mean kept at each step."""
    def loss(p, x, right, judged, key):
        chances = jnp.take_along_axis(jax.nn.log_softmax(forward(p, x, key)), right[..., None], 2)[..., 0]
        return -(chances * judged).sum() / judged.sum()

    @jax.jit
    def step(p, m, v, mean, x, right, judged, i):
        value, g = jax.value_and_grad(loss)(p, x, right, judged, jax.random.fold_in(jax.random.key(SEED), i))
        norm = jnp.sqrt(sum(jnp.sum(a * a) for a in jax.tree.leaves(g)))
        g = jax.tree.map(lambda a: a * jnp.minimum(1, 1 / norm), g)
        m, v = jax.tree.map(lambda a, b: .9 * a + .1 * b, m, g), jax.tree.map(lambda a, b: .99 * a + .01 * b * b, v, g)
        rate = highest * jnp.minimum(1, (i + 1) / WARM) * (.5 + .5 * jnp.cos(jnp.pi * i / steps)) + 1e-5
        p = jax.tree.map(lambda a, b, c: a - rate * ((b / (1 - .9 ** (i + 1.))) / (jnp.sqrt(c / (1 - .99 ** (i + 1.))) + 1e-8) + DECAY * a), p, m, v)
        share = jnp.minimum(keep, i / (i + 10.))
        return p, m, v, jax.tree.map(lambda a, b: share * a + (1 - share) * b, mean, p), value

    state, values = (p, jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p), p), []
    for i in range(steps):
        *state, value = step(*state, *batch(np.random.default_rng([SEED, i])), i)
        values.append(float(value))
        if i % 250 == 249:
            print(f'{i + 1}/{steps} loss {np.mean(values[-250:]):.4f}', flush=True)
    return {k: np.asarray(a, np.float32) for k, a in state[3].items()}
