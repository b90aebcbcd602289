// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.
/**
 * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share
 * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.
 */
export const barTable = {
  places: {
    2: {
      downbeat: [-0.14, -0.17],
      kick: [0.01, 0],
      chord: [-0.01, -0.01],
      bass: [-0.01, -0.01],
      level: [0, 0.01],
      entry: [-0.03, -0.03],
      turn: [-0.03, -0.03],
    },
    3: {
      downbeat: [1.09, -1.06, -0.09],
      kick: [0.12, -0.07, -0.01],
      chord: [0.12, -0.06, -0.05],
      bass: [0.19, -0.08, -0.16],
      level: [-0.27, 0.22, 0.04],
      entry: [0.06, 0.1, 0.01],
      turn: [-0.04, 0.13, 0],
    },
    4: {
      downbeat: [2.03, -1.64, 0.45, -0.47],
      kick: [-0.05, 0.09, -0.04, -0.06],
      chord: [0.37, -0.39, -0.02, 0.04],
      bass: [0.21, -0.09, -0.06, -0.05],
      level: [0.21, -0.39, -0.41, 0.54],
      entry: [-0.07, -0.03, -0.11, -0.15],
      turn: [-0.22, 0.41, 0.11, -0.47],
    },
    more: {
      downbeat: [0.36, -0.35, 0.06, -0.1],
      kick: [0.09, -0.15, 0.08, -0.03],
      chord: [0.22, -0.11, -0.02, -0.08],
      bass: [0.05, 0, -0.03, 0.05],
      level: [0.16, -0.2, 0.03, 0.05],
      entry: [0.21, 0.11, 0.09, -0.16],
      turn: [0.01, 0.14, -0.04, 0.02],
    },
  },
  repeats: {
    2: [0.03, 0.01, 0.02, 0.02, 0.01, -0.03, -0.02],
    3: [0.06, -0.25, 0.33, 0.46, -0.51, 0.27, 0.22],
    4: [-0.25, 0.18, -0.46, 0.07, 0.15, 0.07, -0.43],
    5: [0.07, 0.05, 0.12, -0.63, 0.13, 0.13, 0.12],
    6: [0.03, 0.01, 0.01, 0, 0.01, -0.02, -0.02],
    7: [0.06, -0.01, -0.03, 0.1, 0.21, -0.43, 0.12],
  },
};
