"""Checks tests/layers.py on small trees, each with one thing wrong."""

import tempfile
import unittest
from pathlib import Path

import layers

HEADER = "// What it is for.\n#pragma once\n"


class Layers(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                place = Path(folder) / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
            return layers.check(Path(folder))

    def test_an_include_that_goes_down_is_fine(self):
        codec = HEADER + '#include "gateway/model/date.hpp"\n'
        self.assertEqual(self.check({"gateway/codec/reader.hpp": codec, "gateway/model/date.hpp": HEADER}), [])

    def test_an_include_that_climbs_is_a_fault(self):
        faults = self.check({"gateway/model/date.cpp": '#include "gateway/codec/reader.hpp"\n'})
        self.assertEqual(faults, ["gateway/model/date.cpp: model may not include codec (gateway/codec/reader.hpp)"])

    def test_neighbours_do_not_include_each_other(self):
        faults = self.check({"gateway/policy/decide.cpp": '#include "gateway/store/demande.hpp"\n'})
        self.assertEqual(len(faults), 1)

    def test_an_adapter_stands_on_the_service_and_below_the_server(self):
        files = {"adapters/sne/answer.hpp": HEADER + '#include "gateway/service/register.hpp"\n',
                 "gateway/server/door.hpp": HEADER + '#include "adapters/sne/answer.hpp"\n',
                 "gateway/service/register.hpp": HEADER}
        self.assertEqual(self.check(files), [])
        faults = self.check({"gateway/service/register.cpp": '#include "adapters/sne/answer.hpp"\n',
                             "adapters/sne/answer.cpp": '#include "gateway/server/door.hpp"\n'})
        self.assertEqual(len(faults), 2)

    def test_an_adapter_knows_no_other_peer(self):
        faults = self.check({"adapters/alin/offer.cpp": '#include "adapters/sne/answer.hpp"\n'})
        self.assertEqual(faults, ["adapters/alin/offer.cpp: an adapter may not include that of another peer "
                                  "(adapters/sne/answer.hpp)"])

    def test_linking_reads_csv_through_the_codec(self):
        self.assertEqual(self.check({"gateway/linking/spec.cpp": '#include "gateway/codec/csv/rows.hpp"\n'}), [])

    def test_an_include_is_written_from_the_root(self):
        faults = self.check({"gateway/model/date.cpp": '#include "date.hpp"\n'})
        self.assertEqual(len(faults), 1)

    def test_an_unknown_layer_is_a_fault(self):
        self.assertEqual(len(self.check({"gateway/helpers/text.cpp": ""})), 1)

    def test_a_header_without_purpose_is_a_fault(self):
        self.assertEqual(len(self.check({"gateway/model/date.hpp": "#pragma once\n"})), 1)

    def test_a_purpose_ends_with_a_full_stop(self):
        self.assertEqual(len(self.check({"gateway/model/date.hpp": "// Dates\n#pragma once\n"})), 1)

    def test_a_source_includes_its_own_header_first(self):
        header = {"gateway/model/date.hpp": HEADER}
        for includes, faults in (('#include "gateway/model/date.hpp"\n\n#include <string>\n', 0),
                                 ('#include <string>\n\n#include "gateway/model/date.hpp"\n', 1), ("", 1)):
            self.assertEqual(len(self.check({**header, "gateway/model/date.cpp": includes})), faults, includes)

    def test_includes_do_not_go_round(self):
        faults = self.check({
            "gateway/model/a.hpp": HEADER + '#include "gateway/model/b.hpp"\n',
            "gateway/model/b.hpp": HEADER + '#include "gateway/model/a.hpp"\n',
        })
        self.assertEqual(faults, ["includes go round: gateway/model/a.hpp -> gateway/model/b.hpp -> gateway/model/a.hpp"])

    def test_a_unit_test_mirrors_a_file(self):
        self.assertEqual(len(self.check({"tests/unit/model/lost_test.cpp": ""})), 1)
        mirrored = {"tests/unit/model/date_test.cpp": "", "gateway/model/date.cpp": ""}
        self.assertEqual(self.check(mirrored), [])

    def test_a_unit_test_across_files_says_what_it_checks(self):
        across = {"tests/unit/model/keys_test.cpp": "// Every key refuses one wrong digit.\n", "gateway/model/nir.cpp": ""}
        self.assertEqual(self.check(across), [])
        self.assertEqual(len(self.check({"tests/unit/lost/keys_test.cpp": "// Keys.\n"})), 1)


if __name__ == "__main__":
    unittest.main()
