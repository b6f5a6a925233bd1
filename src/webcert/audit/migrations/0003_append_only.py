"""The database refuses to change or remove entries and seals, whoever asks, its owner too; and it queues every new entry for sealing.

The guards are ALWAYS on, so that a session cannot lay them aside by calling itself a replica. Whoever has the right to drop them can
still do so: what is changed then is found by `webcert audit verify`.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER never_emptied;
"""

QUEUE = """
CREATE FUNCTION audit_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (entry_id) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER wait_for_seal AFTER INSERT ON audit_auditentry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_wait_for_seal();

INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_auditentry;
"""


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_sealed"),)

    operations = (
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER append_only ON audit_auditentry; DROP TRIGGER never_emptied ON audit_auditentry;"
            "DROP TRIGGER append_only ON audit_seal; DROP TRIGGER never_emptied ON audit_seal; DROP FUNCTION audit_refuse;",
        ),
        migrations.RunSQL(QUEUE, "DROP TRIGGER wait_for_seal ON audit_auditentry; DROP FUNCTION audit_wait_for_seal;"),
    )
