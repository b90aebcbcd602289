"""Logistic regression. Uses no random numbers."""
import numpy as np

MUSIC = np.exp(.5)
"""So much more than other sounds counts music where the two are told apart: beats that stop while music plays are worse than some beats more after it."""


def logistic(x, y, weight, ridge):
    """Constant, then weights of the columns of `x`: log odds of `y`. `ridge`: weight of the squares of the weights, in units of the spread of their columns."""
    mean, spread = x.mean(0), x.std(0)
    z = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    bound, b = 2 * ridge * np.diag([0.] + [1] * x.shape[1]), np.zeros(x.shape[1] + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        b -= np.linalg.solve((z.T * (weight * p * (1 - p))) @ z + bound, z.T @ (weight * (p - y)) + bound @ b)
    return np.append(b[0] - (b[1:] * mean / spread).sum(), b[1:] / spread)
