import django.db.models.deletion
from django.db import migrations, models

AUTHORITIES = [('', 'Ký trực tiếp (thủ trưởng)'), ('on_behalf', 'T/M: thay mặt tập thể'), ('deputy', 'K/T: ký thay cấp trưởng'), ('by_order', 'T/L: thừa lệnh'), ('by_mandate', 'TUQ: thừa ủy quyền'), ('acting', 'Q: quyền cấp trưởng')]


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('outgoing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoSigner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('authority', models.CharField(blank=True, choices=AUTHORITIES, max_length=12)),
                ('authority_over', models.CharField(blank=True, max_length=200)),
                ('has_seal', models.BooleanField(default=False, help_text='Cơ quan này đóng dấu trên chữ ký này')),
                ('signed_at', models.DateTimeField(null=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='co_signers', to='outgoing.outgoingdocument')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [
                    models.UniqueConstraint(fields=('document', 'position'), name='one_co_signer_a_turn'),
                    models.UniqueConstraint(fields=('document', 'person'), name='nobody_signs_twice'),
                    models.CheckConstraint(condition=models.Q(('position__gte', 2)), name='a_co_signer_comes_after'),
                    models.CheckConstraint(condition=models.Q(('sealed_at', None), models.Q(('has_seal', True), ('signed_at__isnull', False)), _connector='OR'), name='a_seal_is_on_a_signature'),
                ],
            },
        ),
    ]
