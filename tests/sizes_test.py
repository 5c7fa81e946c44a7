"""Checks tests/sizes.py on small texts and trees."""

import subprocess
import tempfile
import unittest
from pathlib import Path

import sizes


class Sizes(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["git", "init", "-q", folder], check=True)
            for path, text in files.items():
                place = Path(folder) / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
            return sizes.check(Path(folder))[0]

    def test_a_small_tree_is_fine(self):
        self.assertEqual(self.check({"gateway/a.cpp": "int one() { return 1; }\n"}), [])

    def test_a_function_over_the_limit_is_a_fault(self):
        body = "  work();\n" * sizes.FUNCTION_LINES
        faults = self.check({"gateway/a.cpp": "void long_one() {\n" + body + "}\n"})
        self.assertIn("gateway/a.cpp: long_one has 62 lines, at most 60", faults)

    def test_nine_functions_of_ten_are_usual(self):
        body = "  work();\n" * sizes.USUAL_LINES
        self.assertEqual(len(self.check({"gateway/a.cpp": "void long_one() {\n" + body + "}\n"})), 1)

    def test_too_many_parameters_are_a_fault(self):
        faults = self.check({"gateway/a.cpp": "int f(int a, int b, int c, int d, int e, int g) { return a; }\n"})
        self.assertEqual(faults, ["gateway/a.cpp: f has 6 parameters, at most 5"])

    def test_a_signature_that_a_library_imposes_is_no_fault(self):
        source = "// SIGNATURE: libxml2 calls it.\nint f(int a, int b, int c, int d, int e, int g) { return a; }\n"
        self.assertEqual(self.check({"gateway/a.cpp": source}), [])

    def test_a_file_over_the_limit_is_a_fault(self):
        self.assertEqual(len(self.check({"gateway/a.hpp": "//\n" * (sizes.FILE_LINES + 1)})), 1)

    def test_a_name_that_says_nothing_is_a_fault(self):
        self.assertEqual(len(self.check({"gateway/string_utils.cpp": ""})), 1)
        self.assertEqual(len(self.check({"gateway/a.hpp": "namespace passerelle::misc {}\n"})), 1)
        self.assertEqual(self.check({"gateway/commons_law.hpp": ""}), [])

    def test_a_path_of_one_machine_is_a_fault(self):
        self.assertEqual(len(self.check({"docs/a.md": "see " + "/ho" + "me/ana/notes\n"})), 1)
        self.assertEqual(self.check({"docs/a.md": "see gateway/home/notes\n"}), [])

    def test_work_left_for_later_is_a_fault(self):
        self.assertEqual(len(self.check({"docs/a.md": "TO" + "DO: more\n"})), 1)

    def test_parameters_count_commas_outside_brackets(self):
        self.assertEqual(sizes.parameters("(std::map<int, int> a, int b)"), 2)
        self.assertEqual(sizes.parameters("()"), 0)
        self.assertEqual(sizes.parameters("(self, a)"), 1)


if __name__ == "__main__":
    unittest.main()
