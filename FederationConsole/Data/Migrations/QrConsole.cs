using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Seed 004 in the console: what became of codes by hour, and administrators who sign in by one.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000010_QrConsole")]
internal sealed class QrConsole : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("Purpose", "ScanTickets", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<long>("QrEnvironmentId", "SignInPolicies", nullable: true);

        migrationBuilder.CreateTable(
            name: "QrCounts",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Hour = table.Column<long>(nullable: false),
                Shown = table.Column<int>(nullable: false),
                Scanned = table.Column<int>(nullable: false),
                Confirmed = table.Column<int>(nullable: false),
                Cancelled = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_QrCounts", row => new { row.EnvironmentId, row.Hour, row.AppId }));

        migrationBuilder.CreateTable(
            name: "AdministratorUsers",
            columns: table => new
            {
                AdministratorId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                BoundAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AdministratorUsers", row => row.AdministratorId);
                table.ForeignKey("FK_AdministratorUsers_Administrators_AdministratorId", row => row.AdministratorId, "Administrators", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_AdministratorUsers_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AdministratorUsers_UserId", "AdministratorUsers", "UserId", unique: true);
    }
}
