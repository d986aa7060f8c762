"""`python -m voting`: the same commands as the installed `voting`."""

from voting.cli import main

if __name__ == "__main__":
    main()
