using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>What a user who is bound to an administrator could sign in by. Bindings of before have none and must be made anew.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000013_ConsoleQrWays")]
internal sealed class ConsoleQrWays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<byte[]>("WaysHash", "AdministratorUsers", maxLength: 32, nullable: true);
}
