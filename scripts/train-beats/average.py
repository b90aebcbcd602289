"""Mean of two trained networks of one descent. usage: average.py OUT.npz A.npz B.npz"""
import sys
import numpy as np

if __name__ == '__main__':
    a, b = np.load(sys.argv[2]), np.load(sys.argv[3])
    np.savez(sys.argv[1], **{name: (a[name] + b[name]) / 2 for name in a})
