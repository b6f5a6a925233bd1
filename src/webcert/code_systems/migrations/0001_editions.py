"""Tables for the editions of the code lists."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import webcert.vocabulary.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="CodeEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=20)),
                ("name", models.TextField()),
                ("imported_at", models.DateTimeField(default=webcert.vocabulary.clock.now)),
                ("digest", models.CharField(max_length=64)),
                ("active", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("system", "digest"), name="code_edition_imported_once"),
                    models.UniqueConstraint(condition=models.Q(("active", True)), fields=("system",), name="code_edition_one_in_force"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("pk", models.CompositePrimaryKey("edition_id", "code", blank=True, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=8)),
                ("title", models.TextField()),
                ("synonyms", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ("valid_from", models.DateField(null=True)),
                ("marker", models.CharField(default="", max_length=1)),
                ("not_main", models.BooleanField(default=False)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="code_systems.codeedition"
                    ),
                ),
            ],
        ),
    )
