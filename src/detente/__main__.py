"""``python -m detente``: the program, for where its script is not on the path."""

from detente.cli import main

if __name__ == "__main__":
    main()
