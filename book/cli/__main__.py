"""`python -m book.cli` is `filmguide`."""

from book.cli import main

if __name__ == "__main__":
    main()
