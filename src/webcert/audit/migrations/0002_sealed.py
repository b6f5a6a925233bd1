"""What an entry tells is completed; seals, and the two queues before and after them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("entry_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("entry_digests", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                ("entry_id", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name="auditentry",
            name="assignment",
            field=models.CharField(default="", max_length=256),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="owner_care_provider_name",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="owner_unit_name",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="user_title",
            field=models.CharField(default="", max_length=256),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="remark",
            field=models.CharField(max_length=8192),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="audit_entries_by_time"),
        ),
        migrations.CreateModel(
            name="Undelivered",
            fields=[
                (
                    "seal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, serialize=False, to="audit.seal"
                    ),
                ),
            ],
        ),
    ]
