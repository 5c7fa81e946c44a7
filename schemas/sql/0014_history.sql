-- The history of a demande: what changed, what each event says beside its kind, sealed; and columns in clear that told
-- too much.

SET LOCAL search_path = passerelle, pg_temp;

-- Locks a demande that the second lock opens to who acts; raises when it does not. From here on the transaction is the
-- gateway's own work on it: comparing it with others of its territory, and writing what it has become, by which who acts
-- may no longer see it (another commune, another state).
CREATE FUNCTION take_in_hand(place text, which uuid) RETURNS void LANGUAGE plpgsql
  SET search_path = passerelle, pg_temp AS $$
BEGIN
  PERFORM FROM demande WHERE territory = place AND demande_id = which FOR UPDATE;
  IF NOT FOUND THEN RAISE insufficient_privilege USING MESSAGE = 'a demande that is not for who acts'; END IF;
  PERFORM set_config('passerelle.states', 'to_check,active,overdue,radiated,merged,erased', true),
    set_config('passerelle.own', '', true), set_config('passerelle.every', 'true', true);
END
$$;
GRANT EXECUTE ON FUNCTION take_in_hand(text, uuid) TO passerelle_application;
