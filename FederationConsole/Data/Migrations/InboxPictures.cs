using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Mails of meetings carry the check-in code as a picture.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000014_InboxPictures")]
internal sealed class InboxPictures : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<byte[]>("Picture", "InboxMessages", nullable: true);
}
