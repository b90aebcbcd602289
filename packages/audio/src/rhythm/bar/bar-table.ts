// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.
/**
 * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share
 * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.
 */
export const barTable = {
  places: {
    2: {
      downbeat: [-0.08, -0.1],
      kick: [0, 0],
      chord: [-0.02, -0.02],
      bass: [-0.01, -0.01],
      level: [0.01, 0.01],
      entry: [-0.03, -0.03],
      turn: [-0.02, -0.02],
    },
    3: {
      downbeat: [0.64, -0.54, -0.11],
      kick: [0.2, -0.13, -0.02],
      chord: [0.06, -0.05, -0.19],
      bass: [0.14, -0.06, -0.1],
      level: [0.11, 0.05, -0.03],
      entry: [0.14, 0.05, 0.06],
      turn: [-0.05, 0.12, 0.03],
    },
    4: {
      downbeat: [1.96, -1.5, 0.11, -0.61],
      kick: [0.08, -0.03, 0.06, -0.19],
      chord: [0.25, -0.3, 0.05, 0.17],
      bass: [0.14, -0.08, 0.03, -0.11],
      level: [0.38, -0.75, -0.24, 0.63],
      entry: [0, -0.11, -0.1, -0.11],
      turn: [-0.25, 0.41, 0.11, -0.41],
    },
    more: {
      downbeat: [0.25, -0.17, 0.05, 0.1],
      kick: [0.09, -0.08, 0.04, -0.04],
      chord: [0.11, -0.01, 0.04, -0.09],
      bass: [0.07, 0.04, -0.1, 0.06],
      level: [0.19, -0.35, -0.05, 0.04],
      entry: [0.17, 0.02, 0.05, -0.11],
      turn: [-0.03, 0.07, 0.02, 0.02],
    },
  },
  repeats: {
    2: [0.01, 0.02, 0.03, 0.01, 0.01, -0.03, 0],
    3: [0.06, -0.33, 0.3, 0.12, -0.58, 0.1, 0.32],
    4: [-0.24, 0.39, -0.48, 0.13, 0.2, 0.28, -0.38],
    5: [0.01, -0.01, 0.21, -0.4, 0.22, 0.04, -0.01],
    6: [0.01, 0.02, 0.01, 0, 0, -0.01, -0.01],
    7: [0.15, -0.09, -0.06, 0.14, 0.15, -0.37, 0.08],
  },
};
