// Made by scripts/train-beats/fit_bar.py: do not edit, fit again instead.
/**
 * Log likelihood of each place per unit by which a feature lies above its mean, by beats of the bar (metres of more than four beats share
 * a table: place 1, place 2, those between, the last), and of each metre per unit of each value of `BeatRepeats`.
 */
export const barTable = {
  places: {
    2: {
      downbeat: [-0.13, -0.15],
      kick: [0, 0],
      chord: [-0.02, -0.02],
      bass: [-0.01, -0.01],
      level: [0.01, 0.01],
      entry: [-0.04, -0.04],
      turn: [-0.03, -0.03],
    },
    3: {
      downbeat: [0.97, -0.9, -0.2],
      kick: [0.2, -0.15, -0.04],
      chord: [0.11, -0.09, -0.18],
      bass: [0.16, -0.11, -0.11],
      level: [-0.14, 0.07, 0.14],
      entry: [0.16, 0.06, 0.06],
      turn: [-0.07, 0.17, 0.01],
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
      downbeat: [0.42, -0.38, -0.07, 0.17],
      kick: [0.13, -0.13, 0.07, -0.05],
      chord: [0.18, -0.04, 0.04, -0.1],
      bass: [0.05, 0.05, -0.08, 0.06],
      level: [0.18, -0.42, 0, 0.01],
      entry: [0.19, 0.09, 0.07, -0.15],
      turn: [-0.03, 0.13, 0, 0.03],
    },
  },
  repeats: {
    2: [0.03, 0.03, 0.04, 0.01, 0.01, -0.03, -0.01],
    3: [0.05, -0.34, 0.38, 0.28, -0.67, 0.17, 0.32],
    4: [-0.3, 0.34, -0.55, 0.08, 0.16, 0.25, -0.48],
    5: [0.06, 0.01, 0.2, -0.57, 0.24, 0.13, 0.07],
    6: [0.02, 0.03, 0.02, 0, 0, -0.02, -0.02],
    7: [0.14, -0.08, -0.09, 0.2, 0.26, -0.5, 0.13],
  },
};
