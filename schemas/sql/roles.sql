-- The roles of the server, made once by someone who may create roles; running it again changes nothing.
-- owner: owns the schema and migrates it.  application: the gateway at work, owns nothing, cannot bypass
-- row-level security.  auditor: reads what proves, never what is proven.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['passerelle_owner', 'passerelle_application', 'passerelle_auditor'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', wanted);
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;  -- made before, or by another at this moment
    END;
  END LOOP;
END
$$;
