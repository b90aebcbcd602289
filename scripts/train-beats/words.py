"""The command lines of these programs: help and refusals as everywhere in this repository."""
import sys


def check_words(usage, least, most=None, numbers=(), options=()):
    """End the process with the help text, or with 64 unless the command line has `least` to `most` words (None: any number) after its options.

    numbers: the places, from 1, of words that must be whole numbers."""
    given = sys.argv[1:]
    if '--help' in given or '-h' in given:
        print(usage.strip())
        sys.exit(0)
    strange = next((word for word in given if word.startswith('-') and word != '--' and word not in options), None)
    words = [word for word in given if not word.startswith('-')]
    fault = None
    if strange is not None:
        fault = f'unknown option {strange}'
    elif len(words) < least or (most is not None and len(words) > most):
        fault = f'{len(words)} words were given'
    else:
        wrong = next((words[place - 1] for place in numbers if place <= len(words) and not words[place - 1].isdigit()), None)
        fault = wrong and f'{wrong} is not a whole number'
    if fault is not None:
        print(f'{"".join(c if c.isprintable() else " " for c in fault)}\n(add --help for names and options)', file=sys.stderr)
        sys.exit(64)
