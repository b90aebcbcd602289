// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.
/**
 * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share
 * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.
 */
export const barTable = {
  places: {
    2: {
      downbeat: [-0.15, -0.17],
      kick: [0.01, 0.01],
      chord: [-0.01, -0.01],
      bass: [-0.01, -0.01],
      level: [0.01, 0.01],
      entry: [-0.03, -0.03],
      turn: [-0.02, -0.02],
    },
    3: {
      downbeat: [1.08, -0.98, -0.15],
      kick: [0.11, -0.14, -0.05],
      chord: [0.12, -0.07, -0.04],
      bass: [0.19, -0.09, -0.13],
      level: [-0.33, 0.18, 0.11],
      entry: [0.1, 0.09, -0.01],
      turn: [-0.05, 0.12, -0.03],
    },
    4: {
      downbeat: [2.21, -1.56, 0.29, -0.5],
      kick: [0.03, 0.05, 0.05, -0.07],
      chord: [0.4, -0.37, -0.04, -0.01],
      bass: [0.17, -0.07, -0.06, -0.09],
      level: [0.51, -0.53, -0.1, 0.33],
      entry: [-0.05, -0.03, -0.15, -0.11],
      turn: [-0.21, 0.41, 0.13, -0.45],
    },
    more: {
      downbeat: [0.35, -0.38, 0.06, -0.1],
      kick: [0.1, -0.14, 0.07, -0.03],
      chord: [0.22, -0.09, 0, -0.07],
      bass: [0.05, 0, -0.02, 0.05],
      level: [0.11, -0.23, -0.08, 0.01],
      entry: [0.18, 0.11, 0.1, -0.17],
      turn: [0, 0.14, -0.03, 0.02],
    },
  },
  repeats: {
    2: [0.04, 0.02, 0.02, 0.01, 0.01, -0.02, -0.01],
    3: [0.07, -0.23, 0.28, 0.43, -0.56, 0.25, 0.24],
    4: [-0.27, 0.17, -0.4, 0.07, 0.16, 0.12, -0.47],
    5: [0.06, 0.03, 0.09, -0.62, 0.17, 0.13, 0.14],
    6: [0.04, 0.02, 0.02, 0, 0.01, -0.03, -0.02],
    7: [0.07, 0, -0.01, 0.1, 0.21, -0.44, 0.12],
  },
};
