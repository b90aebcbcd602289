// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.
/**
 * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share
 * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.
 */
export const barTable = {
  places: {
    2: {
      downbeat: [0.45, -0.31],
      kick: [0.1, 0.09],
      chord: [0.02, -0.05],
      bass: [0.04, -0.11],
      level: [0.25, -0.22],
      entry: [0.02, -0.02],
      turn: [-0.12, 0.11],
    },
    3: {
      downbeat: [0.63, -0.36, -0.12],
      kick: [0.04, -0.05, -0.02],
      chord: [0.04, -0.06, -0.04],
      bass: [0.08, -0.04, -0.07],
      level: [0.03, 0.02, 0.08],
      entry: [0.04, 0.12, 0.02],
      turn: [0.01, 0.09, -0.02],
    },
    4: {
      downbeat: [1.59, -1.45, -0.26, -0.02],
      kick: [-0.11, -0.03, 0.02, -0.04],
      chord: [0.28, -0.18, -0.07, 0.04],
      bass: [0.16, -0.12, 0.01, -0.01],
      level: [0.34, 0.06, -0.76, 0.4],
      entry: [0.02, -0.08, -0.17, -0.06],
      turn: [-0.14, 0.35, 0.11, -0.42],
    },
    more: {
      downbeat: [0.04, -0.12, -0.04, -0.05],
      kick: [0.02, -0.03, 0.02, -0.01],
      chord: [0.05, -0.02, -0.01, -0.01],
      bass: [0.02, 0.02, 0.02, -0.01],
      level: [0.02, -0.02, -0.1, -0.08],
      entry: [0.05, 0.02, 0.05, -0.03],
      turn: [0, 0.03, -0.01, 0.01],
    },
  },
  repeats: {
    2: [-0.08, 0.42, -0.32, 0.12, 0.12, 0.02, 0.1],
    3: [0.07, -0.34, 0.28, 0.13, -0.33, 0.11, 0.11],
    4: [-0.02, -0.12, 0, -0.08, 0.06, 0.02, -0.29],
    5: [-0.04, 0, 0.03, -0.21, 0.05, 0.06, 0.08],
    6: [0.02, 0.02, 0.02, -0.01, 0.02, -0.03, -0.02],
    7: [0.04, 0.01, 0.03, 0.05, 0.05, -0.18, 0],
  },
};
