"""Checks tests/readme_commands.py on small documents."""

import tempfile
import unittest
from pathlib import Path

import readme_commands


class ReadmeCommands(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "data").mkdir()
            (root / "data/name").write_text("Ajaccio\n", encoding="utf-8")
            document = root / "README.md"
            document.write_text(text, encoding="utf-8")
            return readme_commands.check(document, root, root)

    def block(self, body):
        return self.check(f"Before\n\n```console\n{body}```\n")

    def test_a_command_that_prints_what_is_shown_passes(self):
        self.assertEqual(self.block("$ echo one\none\n$ cat data/name\nAjaccio\n"), (2, [], []))

    def test_another_output_is_a_fault_with_its_line(self):
        faults = self.block("$ echo one\none\n$ echo two\nthree\n")[2]
        self.assertEqual(len(faults), 1)
        self.assertTrue(faults[0].startswith("README.md:6: echo two"))

    def test_silence_is_compared_too(self):
        self.assertEqual(len(self.block("$ echo one\n")[2]), 1)
        self.assertEqual(self.block("$ true\n")[2], [])

    def test_the_exit_status_is_part_of_what_is_shown(self):
        self.assertEqual(self.block("$ exit 3  # exit 3\n")[2], [])
        self.assertEqual(len(self.block("$ exit 3\n")[2]), 1)

    def test_an_ellipsis_stands_for_lines_or_for_text(self):
        self.assertEqual(self.block("$ seq 9\n1\n...\n9\n")[2], [])
        self.assertEqual(self.block("$ echo took 12 s\ntook ... s\n")[2], [])
        self.assertEqual(len(self.block("$ seq 9\n1\n...\n8\n")[2]), 1)

    def test_a_backslash_continues_a_command(self):
        self.assertEqual(self.block("$ echo one \\\n    two\none two\n"), (1, [], []))

    def test_commands_of_one_document_share_a_folder(self):
        self.assertEqual(self.block("$ echo kept > file\n$ cat file\nkept\n")[2], [])

    def test_a_block_left_out_is_said(self):
        text = "<!-- not run: takes an hour -->\n```console\n$ false\n```\n"
        self.assertEqual(self.check(text), (0, ["line 3: takes an hour"], []))

    def test_a_file_that_is_shown_is_written_when_its_turn_comes(self):
        text = ("```console\n$ ls new  # exit 2\nls: ...\n```\n<!-- file: new/names -->\n```text\nCorte\n```\n"
                "```console\n$ cat new/names\nCorte\n```\n")
        self.assertEqual(self.check(text), (2, [], []))

    def test_a_part_of_a_file_that_is_shown_is_compared(self):
        shown = "```console\n$ seq 9 > file\n```\n<!-- part of: file -->\n```text\n{}```\n"
        self.assertEqual(self.check(shown.format("3\n4\n"))[2], [])
        self.assertEqual(len(self.check(shown.format("3\n5\n"))[2]), 1)

    def test_a_file_outside_the_folder_is_a_fault(self):
        self.assertEqual(len(self.check("<!-- file: ../name -->\n```text\n```\n")[2]), 1)

    def test_a_block_of_another_language_only_shows(self):
        self.assertEqual(self.check("```text\n$ false\n```\n"), (0, [], []))


if __name__ == "__main__":
    unittest.main()
