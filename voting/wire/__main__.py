"""`python -m voting.wire` prints the JSON schema that the pages' types are generated from."""

import json
import sys

from voting.wire.schema import json_schema

if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n")
