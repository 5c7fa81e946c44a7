-- Copies of the documents of a demande: filed once, read by whoever the rules open them to (CCH R441-2-4-1).

SET LOCAL search_path = passerelle, pg_temp;

-- What a copy is (kind, media type, size, digest, who declared it) says of handicap or of income: it is sealed too, apart
-- from the copy itself, which a list does not open.
CREATE TABLE justificatif (
  territory        territory_code NOT NULL,
  demande_id       uuid NOT NULL,
  justificatif_id  uuid NOT NULL,
  filed_at         timestamptz NOT NULL,
  body_id          text NOT NULL,   -- that filed it
  card             bytea NOT NULL,  -- one item of `pieces` of the pivot, under the key of the demande
  copy             bytea NOT NULL,  -- under the key of the demande
  PRIMARY KEY (territory, demande_id, justificatif_id),
  FOREIGN KEY (territory, demande_id) REFERENCES demande
);
ALTER TABLE justificatif ALTER COLUMN copy SET STORAGE EXTERNAL;  -- what is sealed does not compress
CALL protect_by_territory('justificatif');
CALL protect_by_demande('justificatif');
GRANT SELECT, INSERT, UPDATE, DELETE ON justificatif TO passerelle_application;
