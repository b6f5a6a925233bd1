from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("ends", models.BigIntegerField()),
                ("times", models.IntegerField()),
            ],
        ),
        # What is counted may be lost when the database crashes: no write-ahead log for it.
        migrations.RunSQL("ALTER TABLE site_count SET UNLOGGED", "ALTER TABLE site_count SET LOGGED"),
    ]
